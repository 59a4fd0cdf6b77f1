/** Laws: what is hostile or broken is refused, every fault named; the open flow stays as it is; nothing in it is run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { violationsOn } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const { bring } = words.start
const good = flowNamed('hello')
let ann: Designer
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-file-'))
  await studio.keeps({ ...good, id: 'open', name: 'The open one' })
  ann = await studio.designer()
  await ann.opens('open')
  await ann.isSaved()
  await ann.page.keyboard.press('Control+o')
  await ann.sees.button(bring.choose).waitFor()
})

afterEach(() => rm(folder, { recursive: true }))

interface Broken {
  readonly what: string
  readonly text: string
  /** What must be said of it, in this order or not. */
  readonly names: readonly (string | RegExp)[]
}

const node = (id: string, type: string, data: unknown = {}) => ({ id, type, position: { x: 0, y: 0 }, data })
const edge = (id: string, source: string, sourceHandle: string, target: string) => ({
  id,
  source,
  sourceHandle,
  target,
})
const flow = (change: object): string => JSON.stringify({ ...good, ...change })

const brokenFiles: readonly Broken[] = [
  { what: 'no JSON at all', text: 'hello', names: [/This is not JSON/] },
  {
    what: 'an HTML page with a script',
    text: '<!doctype html><script>window.caught = true</script>',
    names: [/This is not JSON/],
  },
  { what: 'a script', text: 'window.caught = true', names: [/This is not JSON/] },
  { what: 'JSON that breaks off', text: flow({}).slice(0, -20), names: [/This is not JSON/] },
  { what: 'a list', text: '[]', names: [words.start.faults.whole] },
  { what: 'nothing', text: 'null', names: [words.start.faults.whole] },
  { what: 'a number', text: '42', names: [words.start.faults.whole] },
  {
    what: 'prototype keys at the top',
    text: flow({}).replace('{', '{"__proto__":{"caught":true},"constructor":{"prototype":{"caught":true}},'),
    names: [/“__proto__”, “constructor”/],
  },
  {
    what: 'prototype keys in a step',
    text: flow({ nodes: [...good.nodes, node('x', 'say', { text: 'Hi' })] }).replace(
      '{"text":"Hi"}',
      '{"text":"Hi","__proto__":{"caught":true}}',
    ),
    names: [/__proto__/],
  },
  {
    what: 'a step called __proto__',
    text: flow({ nodes: [...good.nodes, node('__proto__', 'say', { text: 'Hi' })] }),
    names: [/\/nodes\/\d+\/id/],
  },
  { what: 'deep nesting', text: `${'['.repeat(200_000)}${']'.repeat(200_000)}`, names: [/nested|whole document/i] },
  {
    what: 'deep nesting within a step',
    text: flow({ nodes: [...good.nodes, node('x', 'say', JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`))] }),
    names: [/.+/],
  },
  {
    what: 'kinds that there are not',
    text: flow({ nodes: [...good.nodes, node('x', 'teleport'), node('y', 'constructor')] }),
    names: ['teleport', 'constructor'],
  },
  {
    what: 'edges that lead nowhere',
    text: flow({
      edges: [...good.edges, edge('e1x', 'welcome', 'next', 'nobody'), edge('e2x', 'ghost', 'next', 'chat')],
    }),
    names: ['nobody', 'ghost'],
  },
  { what: 'two steps of one id', text: flow({ nodes: [...good.nodes, node('chat', 'listen')] }), names: [/chat/] },
  {
    what: 'many faults at once',
    text: flow({
      language: 7,
      nodes: [...good.nodes, node('x', 'teleport'), node('y', 'wait', { for: 'soon' })],
      edges: [...good.edges, edge('e9', 'ghost', 'next', 'chat')],
      unknown: 1,
    }),
    names: ['/language', 'teleport', /\/nodes\/\d+\/data\/for/, 'ghost', '“unknown”'],
  },
]

test('what is hostile or broken is refused, with every fault named, and the open flow untouched', async () => {
  for (const { what, text, names } of brokenFiles) {
    await bringsFile('it.flow.json', Buffer.from(text))
    await isRefused(what, names)
  }
  await isUntouched()
})

test('so are files that are no text, or larger than a flow may be, and what is pasted', async () => {
  await bringsFile('it.png', Buffer.from([137, 80, 78, 71, 0, 255, 254]))
  await isRefused('a picture', [/This is not JSON/])
  await bringsFile('it.flow.json', Buffer.alloc(11 * 1_048_576, ' '))
  await isRefused('a large file', [bring.tooLarge(10)])
  await ann.page
    .getByRole('textbox', { name: bring.paste })
    .fill(flow({ nodes: [...good.nodes, node('x', 'teleport')] }))
  await isRefused('what is pasted', ['teleport'])
  await isUntouched()
})

test('what is good becomes a flow of its own, beside the open one', async () => {
  await bringsFile('hello.flow.json', Buffer.from(JSON.stringify(good)))
  await ann.sees.dialog.getByText(bring.good).waitFor()
  await ann.sees.dialog.getByText(bring.savedAs('hello')).waitFor()
  await ann.sees.button(bring.submit).click()
  await ann.sees.name.filter({ hasText: 'Hello' }).waitFor()
  expect((await ann.draft('hello')).nodes).toHaveLength(good.nodes.length)
  expect((await ann.draft('open')).name).toBe('The open one')
})

test('a TaskRouter workflow becomes a flow, and says what must be set up and what differs', async () => {
  const workflow = {
    task_routing: {
      filters: [
        {
          filter_friendly_name: 'Invoices',
          expression: "topic == 'invoice'",
          targets: [
            { queue: 'Billing desk', expression: "worker.skills HAS 'tax law'", timeout: 60 },
            { queue: 'Everyone' },
          ],
        },
      ],
      default_filter: { queue: 'Everyone' },
    },
  }
  await bringsFile('workflow.json', Buffer.from(JSON.stringify(workflow)))
  await ann.sees.dialog.getByText(bring.translated.title).waitFor()
  const told = [
    'Billing-desk (“Billing desk”), Everyone',
    'tax_law (“tax law”)',
    'topic',
    '“Everyone” helps too from then on',
  ]
  for (const text of told) await ann.sees.dialog.getByText(text).first().waitFor()
  expect(await violationsOn(ann.page, '[role="dialog"]')).toEqual([])
  await ann.sees.button(bring.submit).click()
  await ann.sees.name.filter({ hasText: 'TaskRouter workflow' }).waitFor()
  const { nodes } = await ann.draft('TaskRouter-workflow')
  expect(nodes.map(({ id }) => id)).toEqual([
    'start',
    'route',
    'Invoices',
    'Everything-else',
    'person',
    'leaveMessage',
    'done',
  ])
})

test('a TaskRouter workflow that has no counterpart is refused, each part with its place in the workflow', async () => {
  const filter = { expression: 'a = 1', targets: [{ queue: 'Q', expression: 'worker.sid != task.x' }] }
  await bringsFile('workflow.json', Buffer.from(JSON.stringify({ task_routing: { filters: [filter] } })))
  await isRefused('a workflow', ['/task_routing/filters/0/expression', '/task_routing/filters/0/targets/0/expression'])
  await isUntouched()
})

/** By way of the disk, as files come. */
async function bringsFile(name: string, content: Buffer): Promise<void> {
  // What was said of the one before goes away first.
  await ann.page.getByRole('textbox', { name: bring.paste }).fill(' ')
  await ann.sees.dialog.getByRole('group', { name: bring.refused }).waitFor({ state: 'detached' })
  await writeFile(join(folder, name), content)
  await ann.page.locator('input[type="file"]').setInputFiles(join(folder, name))
}

async function isRefused(what: string, names: readonly (string | RegExp)[]): Promise<void> {
  const faults = ann.sees.dialog.getByRole('group', { name: bring.refused }).getByRole('listitem')
  for (const name of names)
    await expect
      .poll(async () => (await faults.filter({ hasText: name }).count()) > 0, { message: `${what}: ${String(name)}` })
      .toBe(true)
  expect(await ann.sees.dialog.getByRole('button', { name: bring.submit, exact: true }).isDisabled(), what).toBe(true)
  expect(await ann.page.evaluate(() => ['caught' in window, Reflect.get({}, 'caught')]), what).toEqual([
    false,
    undefined,
  ])
}

async function isUntouched(): Promise<void> {
  await ann.page.keyboard.press('Escape')
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await ann.sees.name.filter({ hasText: 'The open one' }).waitFor()
  await ann.sees.saving('saved').waitFor()
  expect(await ann.draft('open')).toEqual({ ...good, id: 'open', name: 'The open one' })
  expect(await ann.sees.button(words.shell.actions.undo).getAttribute('aria-disabled')).toBe('true')
}
