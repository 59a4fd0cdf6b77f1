/** Law: axe finds nothing on any page and in any panel, in light and in dark. */
import { describe, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { words as signInWords } from '#ui/sign-in/words.ts'
import { violationsOn } from '#test/driver/browser.ts'
import { kinds } from '#engine/index.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed, flowNames } from '#test/driver/index.ts'

const studio = testStudio(flowNames().map(flowNamed))

describe.each(['light', 'dark'] as const)('nothing keeps anybody out, in %s:', (scheme) => {
  const comes = (width = 1440): Promise<Designer> => studio.designer({ scheme, width })

  test('signing in, with a key that is unknown', async () => {
    const guest = await studio.designer({ scheme, key: null })
    await guest.page.goto(studio.server.url)
    await guest.sees.button(signInWords.withKey).click()
    await guest.page.getByLabel(signInWords.key, { exact: true }).fill('unknown')
    await guest.sees.button(signInWords.submitKey).click()
    await guest.page.getByText(signInWords.fault.key).waitFor()
    await isFine(guest)
  })

  test('the gallery, its dialogs, and a search that finds nothing', async () => {
    const ann = await comes()
    await ann.opensGallery()
    await ann.page.getByText(words.start.card.steps(11)).first().waitFor()
    await isFine(ann)
    await ann.sees.button(words.start.add).first().click()
    await ann.sees.dialog.waitFor()
    await isFine(ann)
    await ann.page.keyboard.press('Escape')
    await ann.page
      .getByRole('button', { name: words.start.card.more('Hello') })
      .last()
      .click()
    await ann.page.getByRole('menu').waitFor()
    await isFine(ann)
    await ann.page.getByRole('menuitem', { name: words.start.card.remove }).click()
    await ann.sees.dialog.waitFor()
    await isFine(ann)
    await ann.page.keyboard.press('Escape')
    await ann.page.getByLabel(words.start.search).first().fill('zebra')
    await ann.page.getByText(words.start.nothingFits('zebra')).waitFor()
    await isFine(ann)
  })

  test('the canvas, and the form of each kind of step', async () => {
    await studio.keeps(oneOfEachKind())
    const ann = await comes()
    await ann.opens('kinds')
    await isFine(ann)
    for (const { name } of kinds) {
      await ann.page.keyboard.press('Control+f')
      await ann.page.getByRole('textbox', { name: words.canvas.find.search }).fill(`${name}1`)
      await ann.page.keyboard.press('Enter')
      await ann.sees.card(`${name}1`).and(ann.page.locator('[data-selected]')).waitFor()
      await ann.page.keyboard.press('Escape')
      await ann.sees.panel.getByText(words.inspector.node.id, { exact: true }).waitFor()
      await isFine(ann, name, '[role="tabpanel"]')
    }
  })

  test('what lies over the canvas: palette, help, import with faults, the menus, finding', async () => {
    const ann = await comes()
    await ann.opens('hello')
    await ann.page.keyboard.press('Control+k')
    await ann.page.getByPlaceholder(words.shell.palettePlaceholder).waitFor()
    await isFine(ann, 'palette')
    await ann.page.keyboard.press('Escape')
    await ann.sees.dialog.waitFor({ state: 'detached' })
    await ann.page.keyboard.press('?')
    await ann.page.getByLabel(words.shell.help.search).waitFor()
    await isFine(ann, 'help')
    await ann.page.keyboard.press('Escape')
    await ann.sees.dialog.waitFor({ state: 'detached' })
    await ann.page.keyboard.press('Control+o')
    await ann.page.getByRole('textbox', { name: words.start.bring.paste }).fill('{"baton":1}')
    await ann.sees.dialog.getByRole('group', { name: words.start.bring.refused }).waitFor()
    await isFine(ann, 'import')
    await ann.page.keyboard.press('Escape')
    await ann.sees.dialog.waitFor({ state: 'detached' })
    await ann.sees.button(words.shell.moreActions).click()
    await ann.page.getByRole('menu').waitFor()
    await isFine(ann, 'menu')
    await ann.page.keyboard.press('Escape')
    await ann.page.getByRole('menu').waitFor({ state: 'detached' })
    await ann.page.keyboard.press('Control+f')
    await ann.page.getByRole('textbox', { name: words.canvas.find.search }).fill('e')
    await isFine(ann, 'find')
    await ann.page.keyboard.press('Escape')
    await ann.page.keyboard.press('a')
    await ann.page.getByRole('combobox', { name: words.canvas.add.search }).waitFor()
    await isFine(ann, 'add')
  })

  test('the question what becomes of a flow that somebody else deleted', async () => {
    await studio.keeps({ ...flowNamed('hello'), id: 'deleted', name: 'deleted' })
    const ann = await comes()
    await ann.opens('deleted')
    await studio.server.admin.call('DELETE', '/v1/flows/deleted')
    await ann.chooses('welcome')
    await ann.writes('Message', 'Good day.')
    await ann.sees.dialog.getByText(words.shell.deleted.explain).waitFor()
    await isFine(ann, 'dialog')
    await ann.page.keyboard.press('Escape')
    await ann.sees.dialog.waitFor({ state: 'detached' })
    await isFine(ann, 'top bar')
  })

  test('trying a flow: before, waiting, with a person, inside, setting and scenarios', async () => {
    const ann = await comes()
    await ann.opens('hello')
    await ann.shows('simulator')
    await ann.sees.standing('bot.chat').waitFor()
    await isFine(ann, 'bot')
    await ann.sees.button('I want to talk to a person').click()
    await ann.sees.standing('queued.line').waitFor()
    await isFine(ann, 'queued')
    await ann.sees.panel
      .getByRole('button', { name: /accepts$/ })
      .first()
      .click()
    await ann.sees.standing('agentActive.person').waitFor()
    await isFine(ann, 'agent')
    for (const tab of ['inside', 'setting', 'scenarios'] as const) {
      await ann.page.getByRole('tab', { name: words.simulate.tabs[tab] }).click()
      await isFine(ann, tab)
    }
  })

  test('problems, and what keeps a flow from being published', async () => {
    const hello = flowNamed('hello')
    await studio.keeps({ ...hello, id: 'faulty', edges: hello.edges.slice(0, -3) })
    const ann = await comes()
    await ann.opens('faulty')
    await ann.shows('problems')
    await ann.sees.panel.getByRole('list', { name: words.problems.list }).getByRole('button').first().waitFor()
    await isFine(ann, 'problems')
    await ann.shows('versions')
    await ann.sees.panel.getByText(words.versions.first).waitFor()
    await isFine(ann, 'versions')
  })

  test('versions with what publishing changes, one compared, and the question before another goes live', async () => {
    const hello = flowNamed('hello')
    const id = `versions-${scheme}`
    for (const name of ['One', 'Two', 'Three']) {
      await studio.keeps({ ...hello, id, name })
      await studio.server.admin.call('POST', `/v1/flows/${id}/publish`, { note: `This is ${name}.` })
    }
    await studio.keeps({
      ...hello,
      id,
      name: 'Four',
      nodes: hello.nodes.map((node) => (node.id === 'welcome' ? { ...node, data: { text: 'Hi.' } } : node)),
    })
    const ann = await comes()
    await ann.opens(id)
    await ann.shows('versions')
    await ann.sees.panel.getByText(words.versions.changed(1)).waitFor()
    await isFine(ann, 'changes')
    await ann.sees.button(words.versions.compareLabel(1)).click()
    await ann.sees.button(words.versions.bringLabel(1)).waitFor()
    await isFine(ann, 'compared')
    await ann.sees.button(words.versions.rollbackLabel(1)).click()
    await ann.sees.dialog.waitFor()
    await isFine(ann, 'rollback')
    await ann.page.keyboard.press('Escape')
    await ann.sees.dialog.waitFor({ state: 'detached' })
    await ann.sees.button(words.versions.lookLabel(1)).click()
    await ann.sees.button(words.versions.back).waitFor()
    await isFine(ann, 'looked at')
  })

  test('live, and one conversation of it', async () => {
    const { customer } = await converseOverHttp(studio.server, flowNamed('hello'))
    await customer.says('I want to talk to a person')
    const ann = await comes()
    await ann.opens('hello')
    await ann.shows('live')
    const steps = ann.sees.panel.getByRole('list', { name: words.insights.steps })
    await steps.getByRole('button').first().waitFor()
    await isFine(ann, 'live')
    await steps.getByRole('button').first().click()
    await ann.sees.panel.getByRole('list').getByRole('button').first().click()
    await ann.sees.panel.getByRole('log', { name: words.simulate.transcript }).waitFor()
    await isFine(ann, 'journey')
    await ann.page.getByRole('tab', { name: words.insights.tabs.inside }).click()
    await ann.sees.panel.getByRole('heading', { name: words.why.title, exact: true }).waitFor()
    await isFine(ann, 'inside a journey')
  })

  test('a phone, with the flow and with a panel', async () => {
    const ann = await comes(390)
    await ann.opensGallery()
    await ann.page.getByText(words.start.card.steps(11)).first().waitFor()
    await isFine(ann, 'gallery')
    await ann.opens('hello')
    await isFine(ann, 'flow')
    await ann.shows('simulator')
    await ann.sees.standing('bot.chat').waitFor()
    await isFine(ann, 'simulator')
  })

  test('a flow that there is not', async () => {
    const ann = await comes()
    await ann.opensGallery()
    await ann.page.goto(`${studio.server.url}/flows/none`)
    await ann.page.getByText(words.shell.missing.title).waitFor()
    await isFine(ann)
  })
})

async function isFine(who: Designer, what = '', part: string | null = null): Promise<void> {
  expect(await violationsOn(who.page, part), what).toEqual([])
}

/** Not a flow that could run: each kind as it is when it is added, each in its own place. */
function oneOfEachKind() {
  const nodes = kinds.map(({ name, initial }, index) => ({
    id: `${name}1`,
    type: name,
    position: { x: (index % 5) * 360, y: Math.floor(index / 5) * 320 },
    data: initial,
  }))
  return {
    baton: 1,
    id: 'kinds',
    name: 'Kinds',
    language: 'en',
    timezone: 'UTC',
    variables: { order: { type: 'map' }, topic: { type: 'text' } },
    nodes,
    edges: [],
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}
