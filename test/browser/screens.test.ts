import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio([flowNamed('hello'), flowNamed('ecommerce')])

test('on a phone flows are looked at, not changed', async () => {
  const ann = await studio.designer({ width: 390, height: 844, touch: true })
  await ann.opensGallery()
  await ann.page.getByText(words.start.phone).waitFor()
  expect(await ann.sees.button(words.start.add).count()).toBe(0)
  expect(await ann.page.getByRole('button', { name: /^Use as a start/ }).count()).toBe(0)
  await ann.page.getByRole('link', { name: 'Hello', exact: true }).tap()
  await ann.sees.card('start').waitFor()
  await ann.page.getByText(words.shell.readOnly).waitFor()
  expect(await ann.page.getByRole('complementary', { name: words.canvas.palette.title, exact: true }).count()).toBe(0)
  expect(await widthBeyond(ann.page)).toBe(0)
  // Of the card that the screen ends in the middle of.
  await ann.sees
    .card('welcome')
    .locator('p')
    .first()
    .tap({ position: { x: 10, y: 8 } })
  await ann.sees.card('welcome').and(ann.page.locator('[data-selected]')).waitFor()
  await ann.sees.tab('inspector').tap()
  expect(await ann.sees.field('Message').getAttribute('readonly')).not.toBeNull()
  await ann.page.keyboard.press('Delete')
  await ann.page.keyboard.press('a')
  expect((await ann.draft('hello')).nodes).toHaveLength(flowNamed('hello').nodes.length)
  await ann.sees.card('welcome').waitFor()
  await ann.sees.tab('simulator').tap()
  await ann.sees.button('I want to talk to a person').tap()
  await ann.sees.standing('queued.line').waitFor()
})

test.each([390, 1280])('a name longer than the bar makes the page no wider than %i pixels', async (width) => {
  await studio.keeps({ ...flowNamed('hello'), id: 'long', name: 'Everything that was ever asked of us, '.repeat(5) })
  const ann = await studio.designer({ width, height: 844 })
  await ann.opens('long')
  await ann.sees.card('start').waitFor()
  expect(await widthBeyond(ann.page)).toBe(0)
  const menu = await ann.sees.button(words.shell.moreActions).boundingBox()
  expect(menu && menu.x + menu.width).toBeLessThanOrEqual(width)
})

for (const panel of ['inspector', 'simulator', 'problems', 'versions', 'live'] as const)
  test(`1280 pixels are enough for the canvas and “${words.shell.panels[panel]}” beside it`, async () => {
    const ann = await studio.designer({ width: 1280, height: 720 })
    await ann.opens('ecommerce')
    await ann.shows(panel)
    await ann.sees.panel.getByRole('tabpanel').getByRole('heading').first().waitFor()
    expect(await widthBeyond(ann.page)).toBe(0)
    const canvas = await ann.sees.canvas.boundingBox()
    expect(canvas?.width).toBeGreaterThan(480)
    for (const button of await ann.page.getByRole('region', { name: words.shell.topBar }).getByRole('button').all()) {
      const box = await button.boundingBox()
      expect(box && box.x + box.width).toBeLessThanOrEqual(1280)
    }
  })

/** How much wider than the screen a page is, in pixels. */
async function widthBeyond(page: { evaluate<Value>(read: () => Value): Promise<Value> }): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}
