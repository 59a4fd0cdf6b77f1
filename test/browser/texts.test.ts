/** Law: texts with HTML in them stay texts, wherever a designer meets them; nothing in them is ever run or fetched. */
import { readFile } from 'node:fs/promises'
import { beforeEach, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { words } from '#editor/words/en.ts'
import { parseFlow, type Flow } from '#engine/index.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'

const studio = testStudio()

/** What would tell on itself if it ever were more than a text. */
const evil = (where: string): string => `<img src="/caught?${where}" onerror="window.caught='${where}'"><b>${where}</b>`
const flow = {
  baton: 1,
  id: 'texts',
  name: evil('name'),
  description: evil('description'),
  language: 'en',
  timezone: 'UTC',
  variables: { topic: { type: 'text', label: evil('label') } },
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
    {
      id: 'welcome',
      type: 'say',
      position: { x: 380, y: 0 },
      data: { text: `${evil('say')} {{ customer.name }}`, quickReplies: [{ id: 'a', label: evil('reply') }] },
    },
    {
      id: 'chat',
      type: 'listen',
      position: { x: 760, y: 0 },
      data: { intents: [{ id: 'buy', label: evil('intent') }] },
    },
    { id: 'asks', type: 'trigger', position: { x: 0, y: 300 }, data: { signals: [{ signal: 'explicitRequest' }] } },
    { id: 'line', type: 'queue', position: { x: 380, y: 300 }, data: { team: 'support', text: evil('queue') } },
    { id: 'person', type: 'agent', position: { x: 760, y: 300 }, data: { intro: evil('intro') } },
    { id: 'back', type: 'handback', position: { x: 760, y: 600 }, data: {} },
    { id: 'end', type: 'close', position: { x: 1140, y: 300 }, data: { text: evil('close'), reason: evil('reason') } },
  ],
  edges: [
    { id: '1', source: 'start', sourceHandle: 'next', target: 'welcome' },
    { id: '2', source: 'welcome', sourceHandle: 'next', target: 'chat' },
    { id: '3', source: 'chat', sourceHandle: 'intent:buy', target: 'end' },
    { id: '4', source: 'asks', sourceHandle: 'fired', target: 'line' },
    { id: '5', source: 'line', sourceHandle: 'accepted', target: 'person' },
    { id: '6', source: 'line', sourceHandle: 'timeout', target: 'end' },
    { id: '7', source: 'person', sourceHandle: 'resolved', target: 'end' },
    { id: '8', source: 'person', sourceHandle: 'handback', target: 'back' },
  ],
  notes: [{ id: 'n', text: evil('note'), position: { x: 0, y: -260 } }],
  groups: [{ id: 'g', name: evil('group'), nodes: ['person', 'back'] }],
  viewport: { x: 0, y: 0, zoom: 1 },
}

let ann: Designer
beforeEach(async () => {
  await studio.keeps(flow)
  ann = await studio.designer()
})

test('on the cards, in the forms and in their preview', async () => {
  await ann.opens('texts')
  await reads(ann.sees.name, 'name')
  await reads(ann.sees.card('welcome'), 'say')
  await reads(ann.sees.card('chat'), 'intent')
  await ann.page.keyboard.press('Shift+1')
  expect(await ann.page.getByRole('textbox', { name: words.canvas.note.text }).inputValue()).toBe(evil('note'))
  expect(await ann.page.getByRole('textbox', { name: words.canvas.frame.name }).inputValue()).toBe(evil('group'))
  expect(await ann.sees.field(words.inspector.head.description).inputValue()).toBe(evil('description'))
  await ann.chooses('welcome')
  await reads(ann.sees.panel, 'say')
  await nothingWasRun()
})

test('in the gallery, and in the question before it is deleted', async () => {
  await ann.opensGallery()
  await reads(ann.page.getByRole('main'), 'name')
  await reads(ann.page.getByRole('main'), 'description')
  await ann.page.getByRole('button', { name: words.start.card.more(evil('name')) }).click()
  await ann.page.getByRole('menuitem', { name: words.start.card.remove }).click()
  await reads(ann.sees.dialog, 'name')
  await nothingWasRun()
})

test('in the conversation that is tried, and in what a person would be told', async () => {
  await ann.opens('texts')
  await ann.shows('simulator')
  await reads(ann.sees.said, 'say')
  await reads(ann.sees.panel.getByRole('group', { name: words.simulate.replies }), 'reply')
  const field = ann.sees.panel.getByRole('textbox', { name: words.simulate.say.customer })
  await field.fill(evil('customer'))
  await field.press('Enter')
  await reads(ann.sees.said, 'customer')
  await ann.sees.panel
    .getByRole('textbox', { name: words.simulate.say.customer })
    .or(ann.sees.panel.getByText(words.simulate.customer, { exact: true }))
    .first()
    .click()
  await field.fill('I want to talk to a person')
  await field.press('Enter')
  await reads(ann.sees.said, 'queue')
  await ann.page.getByRole('tab', { name: words.simulate.tabs.inside }).click()
  await ann.sees.panel.getByText(words.simulate.handoff).first().waitFor()
  await nothingWasRun()
})

test('among the problems, the versions and their notes', async () => {
  const { nodes } = flow
  await studio.server.admin.call('POST', '/v1/flows/texts/publish', { note: evil('remark') })
  await studio.keeps({
    ...flow,
    nodes: [
      ...nodes,
      {
        id: 'lost',
        type: 'listen',
        position: { x: 1140, y: 0 },
        data: { intents: [{ id: 'x', label: evil('lost') }] },
      },
    ],
  })
  await ann.opens('texts')
  await ann.shows('problems')
  await reads(ann.sees.panel, 'lost')
  await ann.shows('versions')
  await reads(ann.sees.panel, 'remark')
  await nothingWasRun()
})

test('in the conversations that are live', async () => {
  await studio.server.admin.call('POST', '/v1/flows/texts/publish')
  const { customer } = await converseOverHttp(studio.server, parsed(), { customer: { name: evil('guest') } })
  await customer.says(evil('said'))
  await ann.opens('texts')
  await ann.shows('live')
  await ann.sees.panel.getByRole('list', { name: words.insights.steps }).getByRole('button').first().click()
  await ann.sees.panel.getByRole('list').getByRole('button').first().click()
  await reads(ann.sees.panel.getByRole('log', { name: words.simulate.transcript }), 'said')
  await reads(ann.sees.panel.getByRole('log', { name: words.simulate.transcript }), 'guest')
  await nothingWasRun()
})

test('in the pictures that are taken away', async () => {
  await ann.opens('texts')
  const svg = (await exported('svg')).toString('utf8')
  const png = await exported('png')
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect(png.length).toBeGreaterThan(5_000)
  // On a page of nobody's: ours take no text for a document.
  const elsewhere = await ann.page.context().newPage()
  const found = await elsewhere.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml')
    return {
      faults: picture.querySelectorAll('parsererror').length,
      elements: [...new Set([...picture.querySelectorAll('*')].map((element) => element.localName))].sort(),
      says: picture.documentElement.textContent ?? '',
      colours: new Set([...picture.querySelectorAll('rect[stroke]')].map((card) => card.getAttribute('stroke'))).size,
    }
  }, svg)
  expect(found.faults).toBe(0)
  expect(found.elements).toEqual(['circle', 'desc', 'path', 'rect', 'svg', 'text', 'title'])
  expect(found.says).toContain(evil('name'))
  // Each phase in its own, also where motion is reduced, as it is here.
  expect(found.colours).toBeGreaterThanOrEqual(6)
  await nothingWasRun()
})

/** The text is there as a text, all of it or as much as has room. */
async function reads(place: Locator, where: string): Promise<void> {
  await place.getByText(`<img src="/caught?${where}"`).first().waitFor()
}

async function nothingWasRun(): Promise<void> {
  expect(await ann.page.evaluate(() => Reflect.get(window, 'caught'))).toBeUndefined()
  expect(await ann.page.locator('img[src^="/caught"], [onerror]').count()).toBe(0)
}

async function exported(as: keyof typeof words.exporting.formats): Promise<Buffer> {
  await ann.page.keyboard.press('Control+k')
  const action = words.exporting.action(words.exporting.formats[as])
  await ann.page.getByPlaceholder(words.shell.palettePlaceholder).fill(action)
  const download = ann.page.waitForEvent('download')
  await ann.page
    .getByRole('button', { name: action })
    .or(ann.page.getByText(action, { exact: true }))
    .first()
    .click()
  return readFile(await (await download).path())
}

function parsed(): Flow {
  const read = parseFlow(flow)
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join(' '))
  return read.flow
}
