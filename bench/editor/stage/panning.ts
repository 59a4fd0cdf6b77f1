/** Two seconds of panning by turns, here and in plain React Flow with the same document, on one machine in one run. */
import type { Page } from 'playwright-core'
import { median } from '../../rounds.ts'
import type { Measured } from '../figure.ts'
import { documentOf } from '../flow.ts'
import { openFlow, pan, showAll, type Smoothness } from './gestures.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 5

export interface Panning {
  readonly size: number
  /** All of the flow in view, or its cards large enough to be worked with. */
  readonly look: 'all' | 'work'
}

export async function comparePanning(stage: Stage, { size, look }: Panning): Promise<Measured> {
  const id = await stage.flow(size)
  return stage.visit((page) =>
    stage.visit(async (plain) => {
      await openFlow(page, stage.url, id)
      if (look === 'all') await showAll(page)
      await openPlain(plain, stage.url, size, look)
      const [ours, theirs]: [Smoothness[], Smoothness[]] = [[], []]
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await pan(page))
        theirs.push(await pan(plain))
      }
      const [own, other] = [framesOf(ours), framesOf(theirs)]
      const work = median(ours.map((each) => each.work)).toFixed(1)
      return {
        value: own,
        beside: `plain React Flow ${other.toFixed(0)}: ${(own / other).toFixed(1)} times; ${work} ms of the page's thread a frame`,
      }
    }),
  )
}

function framesOf(pans: readonly Smoothness[]): number {
  return median(pans.map((each) => each.framesPerSecond))
}

async function openPlain(page: Page, url: string, size: number, look: Panning['look']): Promise<void> {
  await page.goto(`${url}/plain/`)
  await page.waitForFunction(() => 'draw' in window)
  await page.evaluate(({ document, whole }) => Reflect.get(window, 'draw')(document, whole), {
    document: documentOf('plain', size),
    whole: look === 'all',
  })
  await page.locator('.react-flow__edge').first().waitFor({ state: 'attached', timeout: 120_000 })
}
