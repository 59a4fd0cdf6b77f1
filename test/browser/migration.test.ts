/** Who is in a flow when another version of it is published: told before, moved after it, and what became of each. */
import { describe, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import type { MigrationPreview } from '#ui/migration.ts'
import { violationsOn, type DeviceOptions } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const { versions } = words
const said = versions.migration

test('before publishing: who is in the flow now, where, and that they stay until they are moved', async () => {
  const ann = await atDraft('told', { welcome: 'Hi.' })
  await ann.sees.panel.getByRole('list', { name: said.moves(3) }).waitFor()
  expect(
    await ann.sees.panel
      .getByRole('list', { name: said.moves(3) })
      .getByRole('listitem')
      .count(),
  ).toBe(2)
  await ann.sees.panel.getByText(said.leaves).waitFor()
})

test('after publishing: they are moved, all that can be, and each goes on on the new version', async () => {
  const ann = await atDraft('moved', { welcome: 'Hi.' })
  await ann.sees.panel.getByText(said.moves(3)).waitFor()
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await ann.sees.panel.getByText(said.behind(3, 2)).waitFor()
  expect(await versionsOf('moved')).toEqual([1, 1, 1])
  await ann.sees.button(said.open).click()
  await ann.sees.button(said.move(3)).click()
  await ann.sees.dialog.getByText(said.moved(3)).waitFor()
  expect(await versionsOf('moved')).toEqual([2, 2, 2])
  await ann.sees.dialog.getByRole('button', { name: said.close, exact: true }).last().click()
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await expect.poll(() => ann.sees.panel.getByText(said.behind(3, 2)).count()).toBe(0)
})

test('those whose step is gone stay on their version: told with why, and each leads to its journey', async () => {
  const ann = await atDraft('stays', { without: 'line' })
  await ann.sees.panel.getByRole('list', { name: said.stays(2) }).waitFor()
  await ann.sees.panel.getByText(said.moves(1)).waitFor()
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await ann.sees.button(said.open).click()
  await ann.sees.button(said.move(1)).click()
  await ann.sees.dialog.getByText(said.moved(1)).waitFor()
  await ann.sees.dialog.getByText(said.stayed(2)).waitFor()
  expect((await versionsOf('stays')).toSorted()).toEqual([1, 1, 2])
  await ann.sees.button(said.again).click()
  await ann.sees.dialog.getByText(said.stayed(2)).waitFor()
  await ann.sees.dialog
    .getByRole('button', { name: words.insights.look('') })
    .first()
    .click()
  await ann.sees.panel.getByRole('heading', { name: words.insights.conversation('') }).waitFor()
})

test('the list of versions leads to it later too; where nobody is left behind, that is said', async () => {
  const ann = await atDraft('later', { welcome: 'Hi.' })
  await ann.sees.panel.getByText(said.moves(3)).waitFor()
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await ann.sees.panel.getByText(said.behind(3, 2)).waitFor()
  await ann.reloads()
  await ann.shows('versions')
  await ann.sees.button(said.openLabel(2)).click()
  await ann.sees.button(said.move(3)).click()
  await ann.sees.dialog.getByText(said.moved(3)).waitFor()
  await ann.page.keyboard.press('Escape')
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await ann.sees.button(said.openLabel(2)).click()
  await ann.sees.dialog.getByText(said.nobodyMore(2)).waitFor()
})

test('where nobody is in the flow, nothing of it is shown', async () => {
  const ann = await atDraft('empty', { welcome: 'Hi.', people: 0 })
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).waitFor()
  await expect.poll(() => ann.sees.panel.getByText(said.reading).count()).toBe(0)
  expect(await ann.sees.panel.getByText(said.title).count()).toBe(0)
})

test('when the server does not answer in the middle, that is said, and going on moves the others', async () => {
  const ann = await atDraft('broken', { welcome: 'Hi.' })
  await ann.sees.panel.getByText(said.moves(3)).waitFor()
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await ann.sees.button(said.open).click()
  await ann.sees.button(said.move(3)).waitFor()
  await ann.device.goesOffline()
  await ann.sees.button(said.move(3)).click()
  await ann.page.getByRole('alert').getByText(versions.unreachable).waitFor()
  await ann.device.comesOnline()
  await ann.sees.button(said.goOn).click()
  await ann.sees.dialog.getByText(said.moved(3)).waitFor()
})

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test('nothing keeps anybody out: told before, asked after, and done', async () => {
    const ann = await atDraft(`axe-${scheme}`, { welcome: 'Hi.' }, { scheme }, many)
    await ann.sees.panel.getByText(said.moves(12)).waitFor()
    await isFine(ann, 'before')
    await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
    await ann.sees.button(said.open).click()
    await ann.sees.button(said.move(12)).waitFor()
    await isFine(ann, 'asked')
    await ann.sees.button(said.move(12)).click()
    await ann.sees.dialog.getByText(said.moved(3)).waitFor()
    await isFine(ann, 'done')
  })
})

async function isFine(ann: Designer, what: string): Promise<void> {
  expect(await violationsOn(ann.page), what).toEqual([])
}

/** Notes, several reasons, and more who stay than are named. */
const many: MigrationPreview = {
  moves: [
    {
      from: 1,
      state: 'queued.line',
      to: 'queued.line',
      count: 8,
      notes: ['8 queue deadlines keep the 10 min they were given'],
    },
    { from: 1, state: 'bot.chat', to: 'bot.chat', count: 4, notes: [] },
  ],
  stays: [{ from: 1, state: 'closed.gone', count: 30, why: 'its step is gone', conversations: ['c-1', 'c-2'] }],
}

interface Change {
  readonly welcome?: string
  /** The id of a step that is taken out; what led there leads to the person who would have answered. */
  readonly without?: string
  /** How many talk to it; all but the first wait for a person. */
  readonly people?: number
}

/** A flow that people are in, and a draft of it that has been changed since, with its versions shown. */
async function atDraft(
  id: string,
  change: Change,
  device: DeviceOptions = {},
  preview?: MigrationPreview,
): Promise<Designer> {
  const flow = { ...flowNamed('hello'), id }
  await studio.keeps(flow)
  await studio.server.admin.call('POST', `/v1/flows/${id}/publish`)
  for (let index = 0; index < (change.people ?? 3); index += 1) {
    const { customer } = await converseOverHttp(studio.server, flow)
    if (index > 0) await customer.says('I want to talk to a person')
  }
  await studio.keeps(changed(flow, change))
  const ann = await studio.designer(device)
  if (preview !== undefined) await ann.page.route('**/migration/preview', (route) => route.fulfill({ json: preview }))
  await ann.opens(id)
  await ann.shows('versions')
  return ann
}

function changed(flow: ReturnType<typeof flowNamed>, { welcome, without }: Change) {
  const nodes = flow.nodes.map((node) => {
    if (node.id === 'welcome' && welcome !== undefined) return { ...node, data: { text: welcome } }
    return node.id === without ? { ...node, id: 'fresh' } : node
  })
  const renamed = (node: string): string => (node === without ? 'fresh' : node)
  const edges = flow.edges.map((edge) => ({ ...edge, source: renamed(edge.source), target: renamed(edge.target) }))
  return { ...flow, nodes, edges }
}

async function versionsOf(flow: string): Promise<readonly number[]> {
  // What API.md's `GET /v1/conversations` answers.
  const { items } = (await studio.server.admin.call('GET', `/v1/conversations?flow=${flow}`)) as {
    readonly items: readonly { readonly flow: { readonly version: number } }[]
  }
  return items.map((each) => each.flow.version)
}
