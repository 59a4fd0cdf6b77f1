import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { EditorFigure } from '../figure.ts'
import { openFlow } from '../stage/gestures.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const program = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export const axe: EditorFigure = {
  name: 'axe',
  what: 'what axe finds wrong with the gallery, a flow and each panel beside it, light and dark',
  reach: { atMost: 0 },
  unit: '',
  async measure(stage) {
    const source = await readFile(program, 'utf8')
    const found: string[] = []
    let views = 0
    for (const scheme of ['light', 'dark'] as const) {
      await stage.visit(
        async (page) => {
          const look = async (view: string): Promise<void> => {
            views += 1
            for (const rule of await violations(page, source)) found.push(`${rule} (${view}, ${scheme})`)
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
            await stillness(page)
            await look((await tab.innerText()).trim())
          }
        },
        { scheme },
      )
    }
    return { value: found.length, beside: found.length === 0 ? `${views} views` : found.join(', ') }
  },
}

/** The rules that the page as it stands breaks, and where. */
async function violations(page: Page, source: string): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(async (runOnly) => {
    const result = await Reflect.get(window, 'axe').run(document, { runOnly })
    return result.violations.map(
      ({ id, nodes }: { readonly id: string; readonly nodes: readonly { readonly target: readonly string[] }[] }) =>
        `${id} at ${nodes.map(({ target }) => target.join(' ')).join(' and ')}`,
    )
  }, RULES)
}

/** What fades in is not yet as it will be read. */
async function stillness(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
}
