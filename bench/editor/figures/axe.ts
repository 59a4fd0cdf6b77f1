import { violationsOn } from '../../axe.ts'
import type { EditorFigure } from '../figure.ts'
import { openFlow } from '../stage/gestures.ts'

export const axe: EditorFigure = {
  name: 'axe',
  what: 'what axe finds wrong with the gallery, a flow and each panel beside it, light and dark',
  reach: { atMost: 0 },
  unit: '',
  async measure(stage) {
    const found: string[] = []
    let views = 0
    for (const scheme of ['light', 'dark'] as const) {
      await stage.visit(
        async (page) => {
          const look = async (view: string): Promise<void> => {
            views += 1
            for (const rule of await violationsOn(page)) found.push(`${rule} (${view}, ${scheme})`)
          }
          await page.goto(stage.url)
          await page.getByRole('link').first().waitFor()
          await look('gallery')
          await openFlow(page, stage.url, 'ecommerce')
          await look('flow')
          for (const tab of await page.getByRole('complementary').getByRole('tab').all()) {
            if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
            await page.getByRole('tabpanel').first().waitFor()
            await page.waitForLoadState('networkidle')
            await look((await tab.innerText()).trim())
          }
        },
        { scheme },
      )
    }
    return { value: found.length, beside: found.length === 0 ? `${views} views` : found.join(', ') }
  },
}
