/** Law: what somebody writes, or is called, is text on every screen: it does nothing, and turns nothing around. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { fill } from '#widget/words.ts'
import { words } from '../driver/customer.ts'
import { flowNamed } from '../driver/index.ts'
import { startHere, testHouse } from './house.ts'

const house = testHouse('hello', () => startHere(flowNamed('hello')))
/** Turns what follows it around, where it is not set apart. */
const TURN = '\u202E'
const NAME = `<b>Ann</b>${TURN}nnA`
const hostile = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script><svg onload="document.title=3">',
  '{{ customer.email }} {% assign x = 1 %} ${document.title=4}',
  `The bill is ${TURN}gnp.exe and \u2066on, \u200Fand back`,
  '[x](javascript:document.title=5) javascript:document.title=6',
  '&lt;b&gt; &amp; </textarea></div>',
  'مرحبا، أين طلبي رقم 20417؟',
]

test('from the customer and from the agent, in widget, desk and board', async () => {
  const [ann, sarah, lead] = await Promise.all([
    house.customer(NAME),
    house.agent('sarah', `Sarah${TURN}haras`),
    house.supervisor(),
  ])
  await ann.says(hostile[0] ?? '')
  await ann.says('I want to talk to a person')
  await sarah.accepts(NAME)
  const titles = await Promise.all([ann, sarah, lead].map(({ page }) => page.title()))
  for (const text of hostile) {
    await ann.says(text)
    await sarah.writes(text)
    for (const { page } of [ann, sarah]) await expect.poll(() => shown(page, text)).toBeGreaterThan(1)
  }
  await lead.page.getByRole('row', { name: /Ann/ }).first().waitFor()
  await isOnlyText(lead.page)
  await lead.button(desk.board.of(desk.board.watch, NAME)).click()
  for (const text of hostile) {
    await lead.writes(text)
    await expect.poll(() => shown(lead.page, text)).toBeGreaterThan(2)
  }
  for (const { page } of [ann, sarah, lead]) await isOnlyText(page)
  expect(await Promise.all([ann, sarah, lead].map(({ page }) => page.title()))).toEqual(titles)
})

test('100 kB of emoji: the customer and the agent are told, and lose no word; what fits arrives whole', async () => {
  const [ann, sarah] = await house.together('Ann', 'Sarah')
  const much = '😀'.repeat(25_000)
  await ann.says(much)
  await ann.dialog.getByText(fill(words.long, { n: '50,000', max: '10,000' })).waitFor()
  expect(await ann.field.inputValue()).toBe(much)
  await sarah.writes(much)
  await sarah.talk.getByText(desk.compose.tooLong(40_000)).waitFor()
  expect(await sarah.field.inputValue()).toBe(much)
  const fits = '😀'.repeat(5_000)
  await ann.says(fits)
  await sarah.seesOnce(fits)
  await sarah.writes('I see a lot of smiles.')
  await ann.seesOnce('I see a lot of smiles.')
})

/** How often the whole text stands on the page as one text. */
function shown(page: Page, text: string): Promise<number> {
  return page.getByText(text, { exact: true }).count()
}

/** Nothing of what was written became part of the page, and what turns around ends with its own text. */
async function isOnlyText(page: Page): Promise<void> {
  const made = 'img[src=x], svg[onload], script:not([src]), a[href^="javascript:"], textarea + textarea'
  expect(await page.locator(made).count()).toBe(0)
  expect(await page.evaluate(leaks, TURN)).toEqual([])
}

/**
 * In the page: texts that turn around what stands beside them. A text turns only what is in its paragraph, and nothing
 * outside an element that is set apart.
 */
function leaks(turn: string): readonly string[] {
  const found: string[] = []
  const roots: (Document | ShadowRoot)[] = [document]
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot)
      const own = [...element.childNodes].filter((node) => node instanceof Text && node.data.includes(turn))
      for (const node of own) {
        let around: Element | null = element
        while (
          around &&
          getComputedStyle(around).display === 'inline' &&
          getComputedStyle(around).unicodeBidi === 'normal'
        )
          around = around.parentElement
        const isAlone = around?.textContent === node.textContent
        const isApart = around !== null && /isolate|plaintext/.test(getComputedStyle(around).unicodeBidi)
        const isSeen = element.getClientRects().length > 0
        if (isSeen && !isAlone && !isApart) found.push(`${around?.outerHTML.slice(0, 300)}`)
      }
    }
  }
  return found
}
