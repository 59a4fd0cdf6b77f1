/** What axe finds wrong with a page as it stands, by the rules of WCAG 2.2 AA and axe's best practices. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const program = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules that are broken, and where; once nothing moves any more. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
  // Not as a script of the page: its policy admits only its own.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await program)
  return page.evaluate(async (runOnly) => {
    const result = await Reflect.get(window, 'axe').run(document, { runOnly })
    return result.violations.map(
      ({ id, nodes }: { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }) =>
        `${id} at ${nodes.map(({ target }) => target.join(' ')).join(' and ')}`,
    )
  }, RULES)
}
