/**
 * The whole story with everybody in it, each at a browser of their own, and the bot a program: from the first word to
 * the survey in one window, and nobody repeats anything.
 */
import { afterAll, expect, test } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import type { Flow } from '#engine/index.ts'
import { words } from '../driver/customer.ts'
import { flowNamed } from '../driver/index.ts'
import { openAllHours } from '../stories/open-all-hours.ts'
import { startBot, type Bot, type Turn } from './bot.ts'
import { startHere, testHouse } from './house.ts'

const { happened } = desk.conversation
let bot: Bot | undefined
const house = testHouse('ecommerce', async () => {
  bot = await startBot(parcels)
  const server = await startHere(told(openAllHours(flowNamed('ecommerce'))), { OUTBOUND_ALLOW: bot.address })
  await server.admin.call('PUT', '/v1/bots/parcels', { url: `http://${bot.address}/` })
  return server
})
afterAll(() => bot?.close())

test('bot, ladder, queue, warm handoff, whisper, transfer, handback, the bot where it was left, survey, end', async () => {
  // Sarah has room for one, and talks with Ben; Chloe came before Ann.
  const [[ben, sarah], lead] = await Promise.all([house.together('Ben', 'Sarah'), house.supervisor()])
  await house.server.admin.call('PUT', '/v1/agents/sarah', {
    name: 'Sarah',
    teams: ['support'],
    skills: { orders: 5 },
    languages: ['en'],
    channels: [],
    capacity: 1,
  })
  const [chloe, ann] = await Promise.all([house.customer('Chloe'), house.customer('Ann')])
  await chloe.says('I want to talk to a person')
  await chloe.dialog.getByText(words.next).waitFor()

  // The bot, and the steps of the flow.
  await ann.sees('Hello, Ann.')
  await ann.says('The tall cup came this morning.')
  await ann.sees('Good to hear. Is everything in order with it?')
  await ann.says('I would rather send it back.')
  await ann.sees('Which order is it?')
  await ann.dialog.getByLabel(words.number).fill('20417')
  await ann.page.keyboard.press('Enter')
  await ann.sees('Why are you sending it back?')
  await ann.says('The lid and the cup do not see eye to eye.')
  await ann.says('My aunt thinks they were never introduced.')
  await ann.sees('Shall I bring in a colleague who sorts it out with you?')
  await ann.button('Yes').click()

  // The queue: the place is true, and moves; the time is told as soon as somebody can say it.
  await ann.dialog.getByText(words.comes).waitFor()
  await ann.dialog.getByText('Number 2 in line', { exact: true }).waitFor()
  await ann.sees(/You are number 2 in line, about .+ They see everything you wrote/)
  await lead.page.getByRole('row', { name: /Ann.*Waiting for support/ }).waitFor()
  const tom = await house.agent('tom', 'Tom', 1)
  await tom.accepts('Chloe')
  await ann.dialog.getByText(words.next, { exact: true }).waitFor()
  await ann.sees(/Thank you for waiting. You are number 1 now/)

  // The offer rings at Sarah's, and she knows all before her first word.
  await sarah.button(desk.conversation.act.resolve).click()
  await sarah.page.getByRole('dialog').getByText('Question answered').click()
  await sarah.page.getByRole('dialog').getByRole('button', { name: desk.conversation.resolve.submit }).click()
  await ben.dialog.getByRole('group', { name: 'Your rating, 1 to 5' }).waitFor()
  await ann.dialog.getByText(`${words.next} · ${words.soon}`).waitFor()
  await sarah.offer('Ann').getByRole('timer').waitFor()
  expect(await sarah.page.title()).toContain('(1)')
  await sarah.accepts('Ann')
  for (const known of ['20417', 'The customer could not be understood', 'Is everything in order with it?'])
    await sarah.package.getByText(known).first().waitFor()
  await sarah.sees('The tall cup came this morning.')

  // The warm introduction, and words and typing both ways.
  await ann.dialog.getByText('Sarah joined').waitFor()
  await ann.sees('Hello, this is Sarah. I have read everything above')
  await ann.dialog.getByRole('heading', { name: 'Sarah' }).waitFor()
  await sarah.field.pressSequentially('Was the box dented?')
  await ann.dialog.getByText('Sarah is writing').waitFor()
  await sarah.field.press('Enter')
  await ann.sees('Was the box dented?')
  await ann.dialog.getByText('Sarah is writing').waitFor({ state: 'hidden' })
  await ann.field.pressSequentially('One corner was.')
  await sarah.talk.getByText(desk.conversation.typing('Ann')).waitFor()
  await ann.field.press('Enter')
  await sarah.sees('One corner was.')

  // The supervisor reads along and whispers.
  await lead.button(desk.board.of(desk.board.watch, 'Ann')).click()
  await lead.sees('One corner was.')
  await lead.writes('Offer her a new one.')
  await sarah.sees('Offer her a new one.')
  await sarah.writes('Then a new one is yours.')
  await ann.sees('Then a new one is yours.')
  await lead.sees('Then a new one is yours.')

  // Tom, who has room again, takes over with all of it.
  await house.server.admin.call('POST', `/v1/conversations/${await chloe.conversation()}/events`, {
    type: 'agent.resolve',
    resolution: 'Answered',
  })
  await sarah.button(desk.conversation.act.transfer).click()
  const dialog = sarah.page.getByRole('dialog')
  await dialog.getByText('Tom', { exact: true }).click()
  await dialog.getByLabel(desk.conversation.transfer.note).fill('He knows the packers.')
  await dialog.getByRole('button', { name: desk.conversation.transfer.submit }).click()
  await tom.accepts('Ann')
  await ann.dialog.getByText('Tom joined').waitFor()
  await tom.sees('He knows the packers.')
  await tom.sees('Offer her a new one.')
  await tom.sees(happened.transferred('Sarah', 'Tom'))
  await tom.package.getByText('20417').first().waitFor()
  await sarah.page.getByText(desk.conversation.transfer.accepted('Tom', 'Ann')).waitFor()
  await tom.writes('It leaves us today, Ann.')
  await ann.sees('It leaves us today, Ann.')

  // Back to the bot, at the very question.
  await tom.button(desk.conversation.act.handback).click()
  await tom.page.getByLabel(desk.conversation.handback.note).fill('A new cup leaves today.')
  await tom.page.getByRole('dialog').getByRole('button', { name: desk.conversation.handback.submit }).click()
  await ann.dialog.getByText('Tom left').waitFor()
  await ann.dialog.getByRole('heading', { name: words.assistant }).waitFor()
  await ann.sees('Why are you sending it back?')
  await ann.button('It arrived damaged').click()
  await ann.sees('Sending order 20417 back costs you nothing')

  // The bot knows what was done while it was silent.
  await ann.says('Thank you both.')
  await ann.sees('You are welcome, Ann. As agreed: A new cup leaves today.')
  const turn = bot?.turns.at(-1)
  expect(turn).toMatchObject({ customer: { name: 'Ann' }, variables: { orderNumber: 20417, returnReason: 'damaged' } })
  expect(turn?.transcript.map(({ text }) => text)).toContain('Then a new one is yours.')
  expect(JSON.stringify(turn)).not.toContain('Offer her a new one.')

  // The survey, and the end.
  await ann.dialog.getByRole('group', { name: 'Your rating, 1 to 5' }).waitFor()
  await ann.button('5').click()
  await ann.dialog.getByLabel(words.comment).fill('I told it once.')
  await ann.page.keyboard.press('Enter')
  await ann.dialog.getByText(words.over).waitFor()
  await tom.sees('I told it once.')
  await lead.sees('I told it once.')

  const said = await ann.transcript()
  expect(said.filter((each) => each.startsWith('You:'))).toEqual(
    [
      'The tall cup came this morning.',
      'I would rather send it back.',
      '20417',
      'The lid and the cup do not see eye to eye.',
      'My aunt thinks they were never introduced.',
      'Yes',
      'One corner was.',
      'It arrived damaged',
      'Thank you both.',
      '5',
      'I told it once.',
    ].map((text) => `You: ${text}`),
  )
  expect(said.filter((each) => each.includes('Which order is it?'))).toHaveLength(1)
  for (const secret of ['Offer her a new one.', 'He knows the packers.'])
    expect(await ann.page.locator('baton-chat').getByText(secret).count()).toBe(0)
})

/** The shop's bot. */
function parcels({ text, customer, handoff }: Turn): object {
  if (handoff?.note)
    return { messages: [{ text: `You are welcome, ${customer.name}. As agreed: ${handoff.note}` }], done: true }
  if (/send it back/.test(text)) return { intent: 'return' }
  return {
    messages: [{ text: 'Good to hear. Is everything in order with it?', nlu: { intent: 'delivery', confidence: 0.9 } }],
  }
}

/** The bot has a name, by which it is called, and whoever waits is told of it often. */
function told(flow: Flow): Flow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      if (node.type === 'listen') return { ...node, data: { ...node.data, bot: 'parcels' } }
      return node.type === 'queue' ? { ...node, data: { ...node.data, updateEvery: '4s' } } : node
    }),
  }
}
