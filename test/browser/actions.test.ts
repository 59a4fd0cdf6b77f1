/**
 * Laws of what can be done: 1. each action has keys, and no two have the same; 2. whatever can be done now is in the
 * command palette; 3. what can be pressed around the canvas is an action too.
 */
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio([flowNamed('hello')])
const said = words.shell.run

test('1. each action has keys, and no two actions have the same', async () => {
  const ann = await studio.designer()
  await ann.opens('hello')
  const listed = await allActions(ann)
  expect(listed.length).toBeGreaterThan(45)
  expect(listed.filter(({ keys }) => keys.length === 0)).toEqual([])
  const keys = listed.flatMap((action) => action.keys)
  expect(keys.filter((each, index) => keys.indexOf(each) !== index)).toEqual([])
})

test('2. whatever can be done now is in the command palette, with its keys', async () => {
  const ann = await studio.designer()
  await ann.opens('hello')
  await paletteHasAll(ann)
  await ann.chooses('welcome')
  await paletteHasAll(ann)
  await ann.shows('simulator')
  await ann.sees.standing('bot.chat').waitFor()
  await paletteHasAll(ann)
})

test('3. what can be pressed around the canvas is an action, by its own name or another', async () => {
  const ann = await studio.designer()
  await ann.opens('hello')
  const actions = (await allActions(ann)).map(({ label }) => label)
  const bars = [
    ann.page.getByRole('region', { name: words.shell.topBar }),
    ann.page.getByRole('toolbar', { name: words.canvas.view.title }),
  ]
  for (const bar of bars) await areActions(bar, actions)
  await ann.shows('simulator')
  await ann.sees.button(said.restart).waitFor()
  for (const page of ['chat', 'scenarios'] as const) {
    await ann.page.getByRole('tab', { name: words.simulate.tabs[page] }).click()
    await areActions(ann.sees.panel.getByRole('tabpanel').first(), actions)
  }
})

test('a run is saved as a scenario from the palette, and by keys alone while a message is being written', async () => {
  const ann = await studio.designer()
  await ann.opens('hello')
  await ann.shows('simulator')
  await ann.sees.button('I want to talk to a person').click()
  await ann.sees.standing('queued.line').waitFor()
  await ann.page.keyboard.press('Control+k')
  await ann.page.getByPlaceholder(words.shell.palettePlaceholder).fill('scenario')
  await ann.page.getByRole('button', { name: said.saveScenario }).click()
  await names(ann, 'A person is honoured')
  await ann.page.getByRole('tab', { name: words.simulate.tabs.chat }).click()
  await ann.sees.panel
    .getByRole('button', { name: /accepts$/ })
    .first()
    .click()
  await ann.sees.standing('agentActive.person').waitFor()
  await ann.sees.panel.getByRole('textbox').first().focus()
  await ann.page.keyboard.press('Alt+Shift+S')
  await names(ann, 'A person is honoured by keys')
})

/** The name's field has the focus already. */
async function names(who: Designer, promise: string): Promise<void> {
  const field = who.sees.field(words.simulate.scenarios.name)
  await expect.poll(() => field.evaluate((each) => each === document.activeElement)).toBe(true)
  await who.page.keyboard.type(promise)
  await who.page.keyboard.press('Enter')
  await who.sees.panel.getByText(promise, { exact: true }).waitFor()
}

interface Listed {
  readonly label: string
  readonly keys: readonly string[]
}

/** The help sheet says all of them. */
async function allActions({ page, sees }: Designer): Promise<readonly Listed[]> {
  await page.keyboard.press('?')
  await page.getByLabel(words.shell.help.search).waitFor()
  const listed = await sees.dialog.getByRole('row').evaluateAll((rows) =>
    rows.map((row) => {
      const [label, keys] = row.querySelectorAll('td')
      const caps = [...(keys?.children ?? [])].map((each) =>
        [...each.querySelectorAll('kbd')].map((cap) => cap.textContent).join('+'),
      )
      return { label: label?.textContent ?? '', keys: caps.filter((each) => each !== '') }
    }),
  )
  await page.keyboard.press('Escape')
  await sees.dialog.waitFor({ state: 'detached' })
  return listed
}

test('what is typed before the palette is there is typed in it, and deletes nothing on the canvas', async () => {
  const ann = await studio.designer()
  let fetched: (() => void) | undefined
  const asked = new Promise<void>((resolve) => {
    void ann.page.route(/CommandPalette.*\.js/, async (route) => {
      resolve()
      await new Promise<void>((go) => (fetched = go))
      await route.continue()
    })
  })
  await ann.opens('hello')
  await ann.chooses('welcome')
  await ann.page.keyboard.press('Control+k')
  await asked
  await ann.page.keyboard.type('welx')
  await ann.page.keyboard.press('Backspace')
  fetched?.()
  const field = ann.page.getByPlaceholder(words.shell.palettePlaceholder)
  await field.and(ann.page.locator(':focus')).waitFor()
  await ann.page.keyboard.type('come')
  expect(await field.inputValue()).toBe('welcome')
  await ann.page.keyboard.press('Enter')
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await ann.sees.card('welcome').waitFor()
})

/** The menu says which can be done now. */
async function paletteHasAll({ page, sees }: Designer): Promise<void> {
  await sees.button(words.shell.moreActions).click()
  await page.getByRole('menuitem').first().waitFor()
  const now = await page
    .getByRole('menuitem')
    .evaluateAll((items) =>
      items
        .filter((item) => !item.hasAttribute('data-disabled') && !item.hasAttribute('disabled'))
        .map((item) => item.textContent ?? ''),
    )
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(words.shell.palettePlaceholder).waitFor()
  const offered = await sees.dialog
    .locator('[data-action]')
    .or(sees.dialog.getByRole('button'))
    .evaluateAll((each) => each.map(({ textContent }) => textContent ?? ''))
  await page.keyboard.press('Escape')
  await sees.dialog.waitFor({ state: 'detached' })
  const missing = now.filter((each) => !each.startsWith(words.shell.actions.palette) && !offered.includes(each))
  expect(now.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
}

/** What goes by another name where it stands. */
const ALSO: Readonly<Record<string, string>> = {
  [words.shell.publish]: words.shell.actions.publish,
  [words.shell.panels.simulator]: words.shell.actions.simulator,
  [words.shell.moreActions]: words.shell.actions.palette,
  [words.shell.check.good]: words.shell.actions.problems,
  [words.shell.check.looking]: words.shell.actions.problems,
  [words.canvas.view.mapHide]: words.canvas.actions.map,
  [words.canvas.view.mapShow]: words.canvas.actions.map,
  [words.simulate.find]: said.find,
  [words.simulate.next]: said.next,
  [words.simulate.earlier]: said.earlier,
  [words.simulate.later]: said.later,
  [words.simulate.toEnd]: said.toEnd,
  [words.simulate.scenarios.save]: said.saveScenario,
  [words.simulate.scenarios.open]: said.openScenarios,
  [words.simulate.scenarios.paste]: said.pasteScenarios,
  [words.simulate.scenarios.copyAll]: said.copyScenarios,
  [words.simulate.scenarios.download]: said.downloadScenarios,
  [words.shell.hidePanel]: words.shell.actions.hidePanel,
}

/** What belongs to the conversation that is tried: said and decided in it, not done with the editor. */
const OF_THE_RUN: readonly (string | RegExp)[] = [
  words.simulate.send,
  words.simulate.leaves,
  words.simulate.returns,
  ...words.simulate.tries,
  /^\+/,
  words.simulate.custom,
  /^Go back to/,
  /·/,
  // Its own name in the top bar is what renames the flow.
  flowNamed('hello').name,
]

async function areActions(place: Locator, actions: readonly string[]): Promise<void> {
  const names = await place
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? ''),
    )
  const isKnown = (name: string): boolean =>
    actions.includes(ALSO[name] ?? name.replace(/^\d+ %, /, '')) ||
    OF_THE_RUN.some((each) => (typeof each === 'string' ? each === name : each.test(name)))
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !isKnown(name))).toEqual([])
}
