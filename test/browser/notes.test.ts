/** Notes on the canvas. Law: Delete takes what is chosen now, and no note that was chosen before. */
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio()

test('a note that was chosen before stays when a step is deleted that the keyboard went to', async () => {
  const ann = await whoChoseTheNote('kept')
  await ann.sees.card('welcome').focus()
  await ann.page.keyboard.press('Delete')
  await ann.sees.card('welcome').waitFor({ state: 'detached' })
  expect(await noteOf(ann).count()).toBe(1)
})

test('a note stays when a step is deleted that was found by its words', async () => {
  const ann = await whoChoseTheNote('found')
  await ann.page.keyboard.press('Control+k')
  await ann.page.getByPlaceholder(words.shell.palettePlaceholder).fill('welcome')
  await ann.sees.dialog.getByText(/· welcome$/).click()
  await ann.sees.card('welcome').and(ann.page.locator('[data-selected]')).waitFor()
  await ann.page.keyboard.press('Delete')
  await ann.sees.card('welcome').waitFor({ state: 'detached' })
  expect(await noteOf(ann).count()).toBe(1)
})

test('a note of another flow is not chosen because one was in the flow before', async () => {
  const ann = await whoChoseTheNote('first')
  await keepsWithNote('second')
  await ann.page.getByRole('link', { name: words.shell.gallery }).click()
  await ann.page
    .getByRole('link', { name: /second/ })
    .first()
    .click()
  await noteOf(ann).waitFor()
  await ann.page.keyboard.press('Delete')
  await ann.page.keyboard.press('Shift+1')
  expect(await noteOf(ann).count()).toBe(1)
})

test('a note and a step chosen with Shift go together', async () => {
  const ann = await whoChoseTheNote('both')
  await ann.sees
    .card('welcome')
    .locator('p')
    .first()
    .click({ modifiers: ['Shift'] })
  await ann.sees.card('welcome').and(ann.page.locator('[data-selected]')).waitFor()
  await ann.page.keyboard.press('Delete')
  await ann.sees.card('welcome').waitFor({ state: 'detached' })
  expect(await noteOf(ann).count()).toBe(0)
})

async function whoChoseTheNote(flow: string): Promise<Designer> {
  await keepsWithNote(flow)
  const ann = await studio.designer()
  await ann.opens(flow)
  await ann.page.keyboard.press('Shift+1')
  await choosesTheNote(ann)
  return ann
}

async function keepsWithNote(flow: string): Promise<void> {
  // As much of it as is drawn from near.
  const { nodes, edges, ...hello } = flowNamed('hello')
  const steps = ['start', 'welcome', 'chat']
  await studio.keeps({
    ...hello,
    id: flow,
    name: flow,
    nodes: nodes.filter(({ id }) => steps.includes(id)),
    edges: edges.filter(({ source, target }) => steps.includes(source) && steps.includes(target)),
    notes: [{ id: 'note', text: 'Ask the lawyers first.', position: { x: 100, y: -200 } }],
  })
}

async function choosesTheNote(ann: Designer): Promise<void> {
  await noteOf(ann).click({ position: { x: 4, y: 4 } })
  await noteOf(ann).and(ann.page.locator('[data-selected]')).waitFor()
}

function noteOf({ page }: Designer) {
  return page.getByRole('note', { name: words.canvas.note.label })
}
