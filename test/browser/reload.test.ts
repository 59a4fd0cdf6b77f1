/** Law: whatever was drawn or typed is there again, whenever and however the page goes away. */
import { beforeEach, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const TEXT = 'Typed just now.'
let flow = ''
let count = 0

beforeEach(async () => {
  count += 1
  flow = `reloaded${count}`
  await studio.keeps({ ...flowNamed('hello'), id: flow, name: 'Reloaded' })
})

test('a reload right after a keystroke loses nothing', async () => {
  const ann = await atTheFlow()
  await types(ann)
  await ann.reloads()
  await isThere(ann)
})

test('each key counts: a reload in the middle of a word keeps what was typed of it', async () => {
  const ann = await atTheFlow()
  for (const key of ['T', 'y', 'p']) {
    await ann.chooses('welcome')
    await ann.sees.field('Message').press('Control+End')
    await ann.page.keyboard.press(key)
    await ann.reloads()
    await ann.chooses('welcome')
    expect(await ann.sees.field('Message').inputValue()).toMatch(new RegExp(`${key}$`))
  }
})

test('the name of the flow is kept while it is typed', async () => {
  const ann = await atTheFlow()
  await ann.sees.name.getByRole('button').click()
  await ann.page.keyboard.type('Half a na')
  await ann.reloads()
  await ann.sees.name.filter({ hasText: 'Half a na' }).waitFor()
})

test('a half-typed id of a step stands in its field again, and counts once it is whole', async () => {
  const ann = await atTheFlow()
  await ann.chooses('welcome')
  await ann.writes(words.inspector.node.id, 'gree')
  await ann.reloads()
  await ann.chooses('welcome')
  expect(await ann.sees.field(words.inspector.node.id).inputValue()).toBe('gree')
  await ann.sees.field(words.inspector.node.id).press('End')
  await ann.page.keyboard.type('ting')
  await ann.page.keyboard.press('Enter')
  await ann.sees.card('greeting').waitFor()
  await ann.isSaved()
  expect((await ann.draft(flow)).nodes.map(({ id }) => id)).toContain('greeting')
})

test('a half-typed id that no step can have is kept with what is wrong with it, and Escape takes it back', async () => {
  const ann = await atTheFlow()
  await ann.chooses('welcome')
  await ann.writes(words.inspector.node.id, 'wel come')
  await ann.reloads()
  await ann.chooses('welcome')
  await ann.sees.panel.getByText(words.inspector.idCure).waitFor()
  await ann.sees.field(words.inspector.node.id).press('Escape')
  expect(await ann.sees.field(words.inspector.node.id).inputValue()).toBe('welcome')
  await ann.reloads()
  await ann.chooses('welcome')
  expect(await ann.sees.field(words.inspector.node.id).inputValue()).toBe('welcome')
})

test('a reload in the middle of a drag keeps the step, and all that was done before', async () => {
  const ann = await atTheFlow()
  await types(ann)
  const grip = await ann.sees.card('chat').locator('p').first().boundingBox()
  if (!grip) throw new Error('The card is not in view.')
  await ann.page.mouse.move(grip.x + 5, grip.y + 5)
  await ann.page.mouse.down()
  await ann.page.mouse.move(grip.x + 90, grip.y + 120, { steps: 5 })
  await ann.reloads()
  await ann.page.mouse.up()
  await isThere(ann)
  await ann.sees.card('chat').waitFor()
})

test('a reload while it is being saved loses nothing, and it is no conflict', async () => {
  const ann = await atTheFlow()
  let arrived = (): void => {}
  const saving = new Promise<void>((resolve) => {
    arrived = resolve
  })
  // The server takes it, its answer does not come any more.
  await ann.page.route(`**/v1/flows/${flow}`, async (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    await route.fetch()
    arrived()
  })
  await types(ann)
  await saving
  await ann.writes('Message', `${TEXT} And more.`)
  await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
  await ann.reloads()
  await isThere(ann, `${TEXT} And more.`)
  expect(await ann.sees.dialog.count()).toBe(0)
})

test('without the server it is kept on the device, through a reload, and sent when the server answers', async () => {
  const ann = await atTheFlow()
  await ann.page.route('**/v1/**', (route) => route.abort('connectionrefused'))
  await types(ann)
  await ann.sees.saving('offline').waitFor()
  await ann.reloads()
  await ann.sees.saving('offline').waitFor()
  await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
  await isThere(ann)
})

test('what was drawn offline is there when the tab was closed and another is opened online', async () => {
  const ann = await atTheFlow()
  await ann.device.goesOffline()
  await types(ann)
  await ann.sees.saving('offline').waitFor()
  await ann.page.close()
  await ann.device.comesOnline()
  const again = await ann.opensAnotherTab()
  await again.opens(flow)
  await isThere(again)
})

test('closing the tab right after a keystroke loses nothing', async () => {
  const ann = await atTheFlow()
  await types(ann)
  await ann.page.close()
  const again = await ann.opensAnotherTab()
  await again.opens(flow)
  await isThere(again)
})

test('a tab that crashes loses nothing: the next one that opens the flow has it at once', async () => {
  const ann = await atTheFlow()
  await ann.device.goesOffline()
  await types(ann)
  await crashes(ann)
  await ann.page.close()
  await ann.device.comesOnline()
  const again = await ann.opensAnotherTab()
  await again.opens(flow)
  await isThere(again)
})

async function crashes(who: Designer): Promise<void> {
  const crashed = who.page.waitForEvent('crash')
  const devtools = await who.device.context.newCDPSession(who.page)
  devtools.send('Page.crash').catch(() => undefined)
  await crashed
}

async function atTheFlow(): Promise<Designer> {
  const ann = await studio.designer()
  await ann.opens(flow)
  return ann
}

async function types(who: Designer): Promise<void> {
  await who.chooses('welcome')
  await who.sees.field('Message').press('Control+a')
  await who.page.keyboard.type(TEXT)
}

/** Typed is what is on the card, and soon what the server keeps. */
async function isThere(who: Designer, text = TEXT): Promise<void> {
  await who.sees.card('welcome').filter({ hasText: text }).waitFor()
  await who.isSaved()
  await expect
    .poll(async () => (await who.draft(flow)).nodes.find(({ id }) => id === 'welcome')?.data['text'])
    .toBe(text)
}
