/** Law: whenever the server dies, what was said is said once, to everybody, in one order; all screens come back alone. */
import { expect, test, vi } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { words } from '../driver/customer.ts'
import { flowNamed } from '../driver/index.ts'
import { testHouse } from './house.ts'
import { startProcess } from './process.ts'

// In each a server begins anew, beside whatever else a machine has to do.
vi.setConfig({ testTimeout: 180_000 })

const house = testHouse('hello', () => startProcess(flowNamed('hello')))
const { line } = desk.shell

test('in the middle of a talk: both are told, both go on writing, and find each other’s words once when it is back', async () => {
  const [[ann, sarah], lead] = await Promise.all([house.together('Ann', 'Sarah'), house.supervisor()])
  await lead.button(desk.board.of(desk.board.watch, 'Ann')).click()
  await ann.says('Before the end')
  await sarah.sees('Before the end')
  await house.server.dies()
  await ann.dialog.getByText(words.offline).waitFor()
  await sarah.page.getByText(line.waiting).waitFor()
  await lead.page.getByText(line.waiting).waitFor()
  await ann.says('Is somebody there?')
  await sarah.writes('I am, and look it up.')
  await ann.field.fill('Half a sen')
  await sarah.field.fill('Half an ans')
  await house.server.starts()
  await ann.isThrough()
  await ann.dialog.getByText(words.offline).waitFor({ state: 'hidden' })
  for (const staff of [sarah, lead]) await staff.page.getByText(line.waiting).waitFor({ state: 'hidden' })
  const talk = ['Before the end', 'Is somebody there?', 'I am, and look it up.']
  for (const text of talk) {
    await ann.seesOnce(text)
    for (const staff of [sarah, lead]) await staff.seesOnce(text)
  }
  expect(await ann.field.inputValue()).toBe('Half a sen')
  expect(await sarah.field.inputValue()).toBe('Half an ans')
  await sarah.field.press('Enter')
  await ann.seesOnce('Half an ans')
})

test('in the middle of a burst from both sides: nothing is lost, nothing doubled, and each keeps their order', async () => {
  const [ann, sarah] = await house.together('Ann', 'Sarah')
  const hers = Array.from({ length: 12 }, (_, index) => `Ann’s line ${index + 1}.`)
  const answers = Array.from({ length: 12 }, (_, index) => `Sarah’s line ${index + 1}.`)
  const writing = Promise.all([
    (async () => {
      for (const text of hers) await ann.says(text)
    })(),
    (async () => {
      for (const text of answers) await sarah.writes(text)
    })(),
  ])
  await ann.sees('Ann’s line 4.')
  await house.server.dies()
  await writing
  await house.server.starts()
  for (const text of [...hers, ...answers]) {
    await sarah.seesOnce(text)
    await ann.seesOnce(text)
  }
  const kept = (await house.server.admin.call('GET', `/v1/conversations/${await ann.conversation()}/transcript`)) as {
    readonly messages: readonly { readonly text: string }[]
  }
  const texts = kept.messages.map(({ text }) => text)
  expect(texts.filter((text) => hers.includes(text))).toEqual(hers)
  expect(texts.filter((text) => answers.includes(text))).toEqual(answers)
  expect((await ann.transcript()).map((each) => each.slice(each.indexOf(': ') + 2))).toEqual(texts)
})

test('while it rings: the customer keeps the place, and the agent can still take it', async () => {
  const [ann, sarah] = await Promise.all([house.customer('Ann'), house.agent('sarah', 'Sarah')])
  await ann.says('I want to talk to a person')
  await sarah.offer('Ann').waitFor()
  await house.server.dies()
  await sarah.page.getByText(line.waiting).waitFor()
  await house.server.starts()
  await sarah.page.getByText(line.waiting).waitFor({ state: 'hidden' })
  await ann.dialog.getByText(words.next).waitFor()
  await sarah.accepts('Ann')
  await ann.seesOnce('Hello, this is Sarah. I have read everything above. One moment, I’m looking into it.')
})
