import { beforeEach, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const { versions } = words
const hello = flowNamed('hello')
const saying = (text: string) => ({
  ...hello,
  id: 'grown',
  name: 'Grown',
  nodes: hello.nodes.map((node) => (node.id === 'welcome' ? { ...node, data: { text } } : node)),
})
let ann: Designer

beforeEach(async () => {
  for (const text of ['First.', 'Second.']) {
    await studio.keeps(saying(text))
    await studio.server.admin.call('POST', '/v1/flows/grown/publish')
  }
  await studio.keeps(saying('The draft.'))
  ann = await studio.designer()
  await ann.opens('grown')
})

test('an old version is looked at on the canvas, for reading only, and the draft comes back as it was', async () => {
  await writes('Typed before looking.')
  await ann.shows('versions')
  const live = await versionLive()
  await ann.sees.button(versions.lookLabel(live - 1)).click()
  await says('First.')
  await ann.page.getByText(versions.viewing(live - 1)).waitFor()
  await ann.sees.button(versions.lookLabel(live)).click()
  await says('Second.')
  await ann.chooses('welcome')
  await ann.shows('inspector')
  expect(await ann.sees.field('Message').getAttribute('readonly')).not.toBeNull()
  await ann.sees.card('welcome').press('Delete')
  await ann.page.keyboard.press('Control+z')
  await says('Second.')
  await ann.sees.button(versions.back).click()
  await says('Typed before looking.')
  expect(await draftSays()).toBe('Typed before looking.')
  await ann.sees.button(/^Undo: /).click()
  await says('The draft.')
  await expect.poll(draftSays).toBe('The draft.')
})

test('a version that comes late is not shown on another flow that was opened meanwhile', async () => {
  await studio.keeps({ ...hello, id: 'other', name: 'Other' })
  let come = (): void => undefined
  const late = new Promise<void>((resolve) => {
    come = resolve
  })
  const version = (await versionLive()) - 1
  const asks = new RegExp(`/v1/flows/grown/export\\?as=json&version=${version}$`)
  await ann.page.route(asks, async (route) => {
    await late
    await route.continue()
  })
  await ann.shows('versions')
  const asked = ann.page.waitForRequest(asks)
  await ann.sees.button(versions.lookLabel(version)).click()
  await asked
  await ann.page.getByRole('link', { name: words.shell.gallery, exact: true }).click()
  await ann.page.getByRole('link', { name: 'Other', exact: true }).click()
  await ann.sees.name.filter({ hasText: 'Other' }).waitFor()
  const answered = ann.page.waitForResponse(asks)
  come()
  await (await answered).finished()
  await ann.chooses('welcome')
  await ann.shows('inspector')
  await ann.writes('Message', 'Of the other.')
  await ann.isSaved()
  expect(await ann.page.getByText(versions.viewing(version)).count()).toBe(0)
  expect((await ann.draft('other')).nodes.find(({ id }) => id === 'welcome')?.data['text']).toBe('Of the other.')
})

test('an old version can be tried, and a reload leads back to the draft', async () => {
  await ann.shows('versions')
  await ann.sees.button(versions.lookLabel((await versionLive()) - 1)).click()
  await says('First.')
  await ann.shows('simulator')
  await ann.sees.said.getByText('First.').waitFor()
  await ann.reloads()
  await says('The draft.')
  expect(await draftSays()).toBe('The draft.')
})

test('what cannot be sent while a version is looked at is sent after it', async () => {
  await ann.shows('versions')
  const look = ann.sees.button(versions.lookLabel((await versionLive()) - 1))
  await look.click()
  await says('First.')
  await ann.sees.button(versions.back).click()
  await says('The draft.')
  await ann.device.goesOffline()
  await writes('Drawn offline.')
  await ann.sees.saving('offline').waitFor()
  await ann.shows('versions')
  await look.click()
  await says('First.')
  await ann.device.comesOnline()
  await ann.sees.button(versions.back).click()
  await says('Drawn offline.')
  await expect.poll(draftSays).toBe('Drawn offline.')
})

test('what is published is what was on the screen: what somebody else saved meanwhile is asked about', async () => {
  const live = await versionLive()
  await ann.shows('versions')
  await ann.sees.panel.getByText(versions.changed(1)).waitFor()
  await studio.keeps(saying('Half of Ben’s.'))
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await ann.sees.dialog.getByText(words.shell.conflict.explain).waitFor()
  expect(await versionLive()).toBe(live)
  await ann.sees.button(words.shell.conflict.take).click()
  await says('Half of Ben’s.')
  await ann.isSaved()
  await ann.sees.panel.getByRole('button', { name: versions.publish, exact: true }).click()
  await expect.poll(versionLive).toBe(live + 1)
})

test('a flow that somebody changed meanwhile is not deleted unseen', async () => {
  await ann.opensGallery()
  await ann.page.getByRole('button', { name: words.start.card.more('Grown') }).click()
  await ann.page.getByRole('menuitem', { name: words.start.card.remove }).click()
  await studio.keeps(saying('Changed by Ben.'))
  await ann.sees.dialog.getByRole('button', { name: words.start.remove.submit, exact: true }).click()
  await ann.sees.dialog.getByText(words.start.remove.changed).waitFor()
  expect(await draftSays()).toBe('Changed by Ben.')
})

async function writes(text: string): Promise<void> {
  await ann.chooses('welcome')
  await ann.shows('inspector')
  await ann.writes('Message', text)
}

async function says(text: string): Promise<void> {
  await ann.sees.card('welcome').filter({ hasText: text }).waitFor()
}

async function draftSays(): Promise<unknown> {
  return (await ann.draft('grown')).nodes.find(({ id }) => id === 'welcome')?.data['text']
}

async function versionLive(): Promise<number> {
  // What API.md's `GET /v1/flows/{id}/versions` answers.
  const { items } = (await studio.server.admin.call('GET', '/v1/flows/grown/versions')) as {
    readonly items: readonly { readonly version: number; readonly live: boolean }[]
  }
  return items.find(({ live }) => live)?.version ?? 0
}
