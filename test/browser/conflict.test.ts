/** Two people at one flow. Law: what either of them has drawn is somewhere a person can find it. */
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()
const { conflict, deleted } = words.shell
const ANNS = 'Welcome, says Ann.'
const BENS = 'Welcome, says Ben.'

test('mine is kept as a copy: theirs goes on here, mine is a flow of its own', async () => {
  const { ben } = await twoWhoWroteIn('kept')
  await ben.sees.button(conflict.keep).click()
  await ben.sees.dialog.waitFor({ state: 'detached' })
  await expect.poll(() => welcomeOf('kept-copy')).toEqual(BENS)
  await ben.isSaved()
  expect(await welcomeOf('kept')).toBe(ANNS)
  await ben.sees.card('welcome').filter({ hasText: ANNS }).waitFor()
  await ben.sees.button(conflict.open).click()
  await ben.sees.card('welcome').filter({ hasText: BENS }).waitFor()
  await ben.sees.name.filter({ hasText: 'kept (copy)' }).waitFor()
})

test('theirs is taken: mine is one undo away, and then is what the server keeps', async () => {
  const { ben } = await twoWhoWroteIn('taken')
  await ben.sees.button(conflict.take).click()
  await ben.sees.card('welcome').filter({ hasText: ANNS }).waitFor()
  await ben.isSaved()
  expect(await welcomeOf('taken')).toBe(ANNS)
  await ben.sees.button(words.shell.actions.undoThat(words.document.takeTheirs)).click()
  await ben.sees.card('welcome').filter({ hasText: BENS }).waitFor()
  await expect.poll(() => welcomeOf('taken')).toEqual(BENS)
})

test('both are compared and it is decided later: neither is lost, also by a reload', async () => {
  const { ben } = await twoWhoWroteIn('later')
  await ben.sees.button(conflict.compare).click()
  await ben.sees.dialog.getByText(conflict.changed).waitFor()
  await ben.sees.dialog.getByText(BENS).waitFor()
  await ben.sees.button(conflict.later).click()
  await ben.sees.saving('conflict').waitFor()
  await ben.reloads()
  await ben.sees.dialog.getByText(conflict.explain).waitFor()
  await ben.sees.card('welcome').filter({ hasText: BENS }).waitFor()
  expect(await welcomeOf('later')).toBe(ANNS)
})

test('what is drawn on while it is undecided is kept too', async () => {
  const { ben } = await twoWhoWroteIn('on')
  await ben.sees.button(conflict.later).click()
  await ben.chooses('welcome')
  await ben.writes('Message', `${BENS} And more.`)
  await ben.sees.saving('conflict').click()
  await ben.sees.button(conflict.keep).click()
  await expect.poll(() => welcomeOf('on-copy')).toBe(`${BENS} And more.`)
  expect(await welcomeOf('on')).toBe(ANNS)
})

test('two tabs of one device do not write over one another either', async () => {
  await studio.keeps({ ...flowNamed('hello'), id: 'tabs', name: 'tabs' })
  const ann = await studio.designer()
  await ann.opens('tabs')
  const other = await ann.opensAnotherTab()
  await other.opens('tabs')
  await writesWelcome(ann, ANNS)
  await ann.isSaved()
  await writesWelcome(other, BENS)
  await other.sees.dialog.getByText(conflict.explain).waitFor()
  expect(await welcomeOf('tabs')).toBe(ANNS)
})

test('a flow that somebody else deleted is not lost to who draws on: they are asked, and save it again', async () => {
  const ben = await whoDrewOnTheDeleted('again')
  await ben.sees.saving('deleted').waitFor()
  await ben.sees.button(deleted.again).click()
  await ben.sees.dialog.waitFor({ state: 'detached' })
  await ben.isSaved()
  expect(await welcomeOf('again')).toBe(BENS)
})

test('a flow that somebody else deleted stays here while it is undecided, and goes when it is let go', async () => {
  const ben = await whoDrewOnTheDeleted('gone')
  await ben.sees.button(deleted.later).click()
  await ben.reloads()
  await ben.sees.dialog.getByText(deleted.explain).waitFor()
  await ben.sees.card('welcome').filter({ hasText: BENS }).waitFor()
  await ben.sees.button(deleted.letGo).click()
  await ben.page.getByRole('heading', { name: words.start.title, exact: true }).waitFor()
  expect(await welcomeOf('gone')).toBeUndefined()
  expect(await ben.page.evaluate(() => JSON.stringify(localStorage))).not.toContain(BENS)
})

test('on a screen that has become small it still says that the flow was deleted, and saves it again when asked to', async () => {
  const ben = await whoDrewOnTheDeleted('small')
  await ben.sees.button(deleted.later).click()
  await ben.page.setViewportSize({ width: 390, height: 844 })
  await ben.page.getByText(words.shell.readOnlyPhone).waitFor()
  await ben.sees.saving('deleted').click()
  await ben.sees.button(deleted.again).click()
  await ben.page.getByText(words.shell.readOnly).waitFor()
  expect(await welcomeOf('small')).toBe(BENS)
})

/** Ben writes in a flow that was deleted after he had opened it, and has just heard of that. */
async function whoDrewOnTheDeleted(id: string): Promise<Designer> {
  await studio.keeps({ ...flowNamed('hello'), id, name: id })
  const ben = await studio.designer()
  await ben.opens(id)
  await studio.server.admin.call('DELETE', `/v1/flows/${id}`)
  await writesWelcome(ben, BENS)
  await ben.sees.dialog.getByText(deleted.explain).waitFor()
  return ben
}

/** Ann has saved what she wrote; Ben, who opened the same before, has just heard of it. */
async function twoWhoWroteIn(id: string): Promise<{ readonly ann: Designer; readonly ben: Designer }> {
  await studio.keeps({ ...flowNamed('hello'), id, name: id })
  const [ann, ben] = await Promise.all([studio.designer(), studio.designer()])
  await Promise.all([ann.opens(id), ben.opens(id)])
  await writesWelcome(ann, ANNS)
  await ann.isSaved()
  await expect.poll(() => welcomeOf(id)).toEqual(ANNS)
  await writesWelcome(ben, BENS)
  await ben.sees.dialog.getByText(conflict.explain).waitFor()
  return { ann, ben }
}

async function writesWelcome(who: Designer, text: string): Promise<void> {
  await who.chooses('welcome')
  await who.writes('Message', text)
}

async function welcomeOf(flow: string): Promise<unknown> {
  const answer = await studio.server.admin.call('GET', `/v1/flows/${flow}`).catch(() => undefined)
  // What API.md's `GET /v1/flows/{id}` answers.
  const draft = answer as
    { readonly nodes: readonly { readonly id: string; readonly data: { readonly text?: string } }[] } | undefined
  return draft?.nodes.find(({ id }) => id === 'welcome')?.data.text
}
