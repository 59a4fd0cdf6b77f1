import type { Page } from 'playwright-core'
import { violationsOn } from '../../axe.ts'
import type { HandoffFigure } from '../figure.ts'
import { deskWalk } from '../stage/desk-walk.ts'
import { playOn } from '../stage/stage.ts'
import { widgetWalk } from '../stage/widget-walk.ts'

export const axe: HandoffFigure = {
  name: 'axe',
  lines: [
    {
      what: 'what axe finds wrong with the desk and the widget, light and dark, wide and on a phone',
      reach: { atMost: 0 },
      unit: '',
    },
  ],
  measure: () =>
    playOn(async (stage) => {
      const browser = await stage.browser()
      const found: string[] = []
      let views = 0
      for (const scheme of ['light', 'dark'] as const) {
        const look = async (page: Page, view: string): Promise<void> => {
          views += 1
          for (const rule of await violationsOn(page)) found.push(`${rule} (${view}, ${scheme})`)
        }
        await widgetWalk({ stage, browser, scheme, look })
        await deskWalk({ stage, browser, scheme, look })
      }
      return [{ value: found.length, beside: found.length === 0 ? `${views} views` : found.join(', ') }]
    }),
}
