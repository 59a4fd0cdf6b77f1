/** Problems with what leads to them: on the canvas, in words, in the simulator; and the longest wait. */
import { describe, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { violationsOn, type DeviceOptions } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const said = words.problems
/** Wide enough for the cards of a whole way: from further away they are no part of the page but painted. */
const WIDE = { width: 3000, height: 1200 }

test('a problem shows what leads to it, numbered on the canvas and step by step in words', async () => {
  const ann = await atProblems(WIDE)
  await ann.sees
    .button(/uses \{\{ vars.orderNumber \}\}/)
    .last()
    .click()
  await ann.sees.panel.getByText(said.confirmedMore).waitFor()
  await ann.sees.card('stillHere').and(ann.page.locator('[data-selected]')).waitFor()
  await ann.sees.button(said.showWay).first().click()
  const way = ann.sees.panel.getByRole('list', { name: said.way.title })
  const steps = way.getByRole('button')
  const count = await steps.count()
  expect(count).toBeGreaterThan(2)
  expect(await steps.first().textContent()).toMatch(/A customer comes/)
  const lit = ann.page.locator('[data-paint~="lit"]')
  expect(await lit.count()).toBeGreaterThan(2)
  await ann.page.locator('g[data-lit] text').filter({ hasText: '1' }).first().waitFor()
  await steps.last().focus()
  await ann.page.keyboard.press('Home')
  await expect.poll(() => steps.first().getAttribute('aria-current')).toBe('step')
  await ann.page.keyboard.press('ArrowDown')
  await expect.poll(() => steps.nth(1).evaluate((element) => element === document.activeElement)).toBe(true)
  await ann.sees.button(said.hideWay).first().click()
  await expect.poll(() => lit.count()).toBe(0)
})

test('it is played in the simulator, which stands where the way leads, and goes back along it', async () => {
  const ann = await atProblems()
  await ann.sees
    .button(/uses \{\{ vars.orderNumber \}\}/)
    .last()
    .click()
  await ann.sees.button(said.play).click()
  await ann.sees.said.locator('[data-from="customer"]').first().waitFor()
  const slider = ann.sees.panel.getByRole('slider', { name: words.simulate.timeline })
  expect(Number(await slider.getAttribute('aria-valuemax'))).toBeGreaterThan(2)
  await slider.focus()
  await ann.page.keyboard.press('Home')
  await ann.sees.panel.getByText(words.simulate.earlierShown).waitFor()
})

test('the longest wait is told at the foot, and where the time goes', async () => {
  const ann = await atProblems(WIDE)
  const foot = ann.sees.panel.getByRole('region', { name: said.longest.label })
  await foot.getByText(/^Longest wait before .+: \d+ min/).waitFor()
  await foot.getByRole('button', { name: said.showWay }).click()
  const steps = foot.getByRole('list', { name: said.longest.way }).getByRole('button')
  expect(await steps.count()).toBeGreaterThan(1)
  await ann.page.locator('[data-paint~="lit"]').first().waitFor()
})

test('hundreds of problems are listed a part at a time, and the arrows go through them', async () => {
  const hello = flowNamed('hello')
  const nodes = Array.from({ length: 300 }, (_, index) => ({
    id: `loose${index}`,
    type: 'say',
    position: { x: 0, y: 400 + index * 120 },
    data: { text: 'Nobody comes here.' },
  }))
  await studio.keeps({ ...hello, id: 'loose', nodes: [...hello.nodes, ...nodes] })
  const ann = await studio.designer()
  await ann.opens('loose')
  await ann.shows('problems')
  const rows = ann.sees.panel.getByRole('list', { name: said.list }).locator('[data-finding]')
  await expect.poll(() => rows.count()).toBe(100)
  await ann.sees.button(said.more(100)).click()
  await expect.poll(() => rows.count()).toBe(200)
  await rows.first().focus()
  await ann.page.keyboard.press('End')
  await expect.poll(() => rows.last().evaluate((element) => element === document.activeElement)).toBe(true)
})

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test('nothing keeps anybody out of a problem with its way, and of the longest wait with its', async () => {
    const ann = await atProblems({ scheme })
    await ann.sees
      .button(/uses \{\{ vars.orderNumber \}\}/)
      .last()
      .click()
    await ann.sees.panel.getByText(said.confirmedMore).waitFor()
    await ann.sees.button(said.showWay).first().click()
    await ann.sees.panel.getByRole('list', { name: said.way.title }).waitFor()
    expect(await violationsOn(ann.page)).toEqual([])
    await ann.sees.panel
      .getByRole('region', { name: said.longest.label })
      .getByRole('button', { name: said.showWay })
      .click()
    expect(await violationsOn(ann.page)).toEqual([])
  })
})

/** At the problems of a shop whose texts use what some customers come there without. */
async function atProblems(device: DeviceOptions = {}): Promise<Designer> {
  const shop = flowNamed('ecommerce')
  const nodes = shop.nodes.map((node) =>
    node.type === 'say' ? { ...node, data: { ...node.data, text: 'Order {{ vars.orderNumber }}.' } } : node,
  )
  await studio.keeps({ ...shop, id: 'unset', nodes })
  const ann = await studio.designer(device)
  await ann.opens('unset')
  await ann.shows('problems')
  await ann.sees.panel.getByRole('list', { name: said.list }).getByRole('button').first().waitFor()
  return ann
}
