import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const nora = { id: 'nora', name: 'Nora', teams: ['support'], skills: { orders: 4 }, languages: ['en', 'de'] }
const cast = { agents: [nora], customer: { name: 'Hanna', since: '2021' }, page: '/orders' }

test('A cracked teapot goes back: a person joins in the middle, and the return goes on at the very question', () =>
  dialogue('ecommerce', cast, async (story) => {
    const { customer, bot, agent, conversation, told } = story
    expect(conversation).toHaveSaid('Hello, Hanna')
    await customer.says('Hi, the parcel with my teapot came this morning.')
    await bot.replies('Good to hear. Is everything in order with it?', { nlu: { confidence: 0.9 } })
    await customer.says('Not quite, I would like to return it.', { nlu: { intent: 'return', confidence: 0.96 } })
    await bot.intends('return')
    expect(conversation).toBeIn('bot.orderNumber')
    await customer.says('It is 38215, from last Friday.')
    expect(conversation).toBeIn('bot.returnReason')
    expect(conversation).toHaveVariable('orderNumber', 38_215)

    await customer.says('Well, the lid and the pot do not see eye to eye.')
    await customer.says('My aunt thinks they were never introduced.')
    expect(conversation).toBeIn('escalation.offer')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('Shall I bring in a colleague')])

    await customer.says('Yes please, that would be kind.')
    expect(conversation).toBeIn('queued.people')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.botIsRefused('While you wait: have you seen our new cups?')
    await story.othersFindNothing()
    await customer.says('There is a crack right under the handle, by the way.')
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Hanna.+returnReason.+crack right under the handle/),
      reason: { sentence: 'The customer could not be understood when asked for returnReason' },
      attempted: [
        { what: 'Good to hear. Is everything in order with it?', result: 'answered' },
        { what: expect.stringContaining('offerHuman'), result: 'wanted a person' },
      ],
      intents: expect.arrayContaining([expect.objectContaining({ intent: 'return', confidence: 0.96 })]),
      variables: { orderNumber: 38_215 },
      customer: { profile: { name: 'Hanna', since: '2021' } },
      page: '/orders',
      missing: [],
    })

    await agent.accepts('nora')
    expect(conversation).toBeOwnedBy('agent:nora')
    expect(told()).toEqual([expect.stringMatching(/this is Nora.+read everything/)])
    await story.botIsRefused('I can take it from here.')
    await agent.says('Oh no, under the handle is where it breaks first. Was the box dented as well?')
    await customer.says('One corner was, yes. I kept it.')
    await agent.notes('Third dented box from the new packers this week.')
    await agent.says('Then it came to you broken. The assistant only needs you to press that, and you are done.')
    await agent.handsBack('Damaged on the way; box kept. Let her choose “damaged”.')

    expect(conversation).toBeIn('bot.returnReason')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([
      expect.stringContaining('go on where we stopped'),
      expect.stringContaining('Why are you sending it back'),
    ])
    await customer.chooses('damaged')
    expect(conversation).toBeIn('bot.assistant')
    expect(told()).toEqual([expect.stringMatching(/order 38215 back costs you nothing/)])
    await customer.says('Lovely, I will print the label tonight.')
    await bot.replies('Perfect. It is on your order page, under “Return”.', { nlu: { confidence: 0.93 } })
    await bot.isDone()
    expect(conversation).toBeIn('handback.survey')
    await customer.chooses('5')
    await customer.says('Nobody made me tell it twice.')
    expect(conversation).toBeClosedWith('resolved')
    await expect(customer.says('One more thing!')).rejects.toMatchObject({ status: 409, code: 'closed' })
  }))
