/** Law: whoever loses their agent is told, keeps the time they have waited, and is given to another with all of it. */
import { expect, test } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { words, type Customer } from '../driver/customer.ts'
import { flowNamed } from '../driver/index.ts'
import type { Flow } from '#engine/index.ts'
import type { Staff } from '../driver/staff.ts'
import { startHere, testHouse } from './house.ts'

const house = testHouse('hello', () => startHere(impatient(flowNamed('hello'))))
const { happened } = desk.conversation
const SORRY = 'Sorry, we lost the line to your colleague. You keep your place and the next one sees everything.'

test('the agent closes the laptop: the customer, who gets no answer, is told and comes to another', async () => {
  const [ann, sarah, since] = await withSarah()
  await sarah.writes('I am looking.')
  await ann.sees('I am looking.')
  await sarah.device.context.close()
  await ann.says('Have you found it?')
  await ann.sees(SORRY)
  const tom = await house.agent('tom', 'Tom')
  await ann.dialog.getByText(words.next).waitFor()
  await tom.offer('Ann').waitFor()
  expect(await waitsSince(ann)).toBe(since)
  await tom.accepts('Ann')
  await tom.writes('Tom here. I read what you and Sarah wrote.')
  await ann.dialog.getByText('Tom joined').waitFor()
  await ann.seesOnce('Tom here. I read what you and Sarah wrote.')
  for (const text of ['I am looking.', 'Have you found it?']) await tom.seesOnce(text)
})

test('a supervisor sees that the agent is gone and says so: the customer is told at once and comes to another', async () => {
  const [[ann, sarah, since], lead] = await Promise.all([withSarah(), house.supervisor()])
  const tom = await house.agent('tom', 'Tom')
  await sarah.device.context.close()
  await lead.page.getByLabel(desk.board.presenceOf('Sarah')).selectOption('offline')
  await ann.sees(SORRY)
  await lead.page.getByRole('row', { name: /Ann.*Waiting for support/ }).waitFor()
  await tom.offer('Ann').waitFor()
  expect(await waitsSince(ann)).toBe(since)
  await tom.accepts('Ann')
  await tom.sees(happened.wentOffline('Sarah'))
  await tom.writes('Tom here.')
  await ann.seesOnce('Tom here.')
})

/** Ann talks with Sarah; with it comes since when she waited. */
async function withSarah(): Promise<readonly [Customer, Staff, string]> {
  const [ann, sarah] = await Promise.all([house.customer('Ann'), house.agent('sarah', 'Sarah')])
  await ann.says('I want to talk to a person')
  await sarah.offer('Ann').waitFor()
  const since = await waitsSince(ann)
  await sarah.accepts('Ann')
  await ann.dialog.getByText('Sarah joined').waitFor()
  return [ann, sarah, since]
}

async function waitsSince({ conversation }: Customer): Promise<string> {
  // What API.md's view of a conversation that waits holds.
  const { queue } = (await house.server.admin.call('GET', `/v1/conversations/${await conversation()}`)) as {
    readonly queue: { readonly waitingSince: string }
  }
  return queue.waitingSince
}

/** An agent who owes an answer is taken for gone soon. */
function impatient(flow: Flow): Flow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) =>
      node.type === 'agent' ? { ...node, data: { ...node.data, goneAfter: '10s' } } : node,
    ),
  }
}
