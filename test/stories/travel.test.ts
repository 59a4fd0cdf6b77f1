import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const lea = { id: 'lea', name: 'Lea', teams: ['travel'], skills: { fares: 3 }, languages: ['en', 'pt'] }
const cast = { agents: [lea], customer: { name: 'Ines', tier: 'silver' } }

test('A cello needs a seat: the bot helps in the queue too, a person sells the seat, and that very bot goes on', () =>
  dialogue('travel', cast, async (story) => {
    const { customer, bot, agent, conversation, told } = story
    expect(conversation).toHaveSaid('Hello, Ines')
    await customer.says('Hello! Our concert in Porto was moved, so I need a later flight.')
    await bot.intends('change')
    expect(conversation).toBeIn('bot.changeRef')
    await customer.says('it should be M4T9QZ')
    expect(told()).toEqual([expect.stringContaining('not six letters and digits')])
    await customer.says('M4T9QZ')
    expect(conversation).toBeIn('bot.rebooking')
    await bot.replies('On the 14th at nine there is room. Shall I take it?', { nlu: { confidence: 0.94 } })
    await customer.says('Yes, if there is a place beside me for the cello.')
    await bot.replies('I do not know about that.', { fallback: true })
    await customer.says('It is as big as a ten-year-old and travels on a ticket of its own.')
    await bot.replies('Children of ten fly for the full fare.', { fallback: true })
    expect(conversation).toBeIn('escalation.ladder')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual(['Children of ten fly for the full fare.', expect.stringContaining('in other words')])
    await customer.says('Can I buy a second seat for a musical instrument?')
    await bot.replies('That is beyond me, I am afraid.', { fallback: true })
    expect(told()).toEqual(['That is beyond me, I am afraid.', expect.stringContaining('find it here')])

    await customer.says('No luck there. Would you get me somebody who sells tickets, a human being?')
    expect(conversation).toBeIn('queued.travelDesk')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.othersFindNothing()
    await customer.says('While I wait: is the 14th at nine still free?')
    await bot.replies('It is, and I hold it for you until midnight.')
    await expect(bot.intends('refund')).rejects.toMatchObject({ status: 409, code: 'not-owner' })
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Ines about change: the bot had no answer twice.+asked for a person.+still free/),
      reason: { trigger: 'stuck', signals: [{ signal: 'fallbacks', value: 2 }, { signal: 'explicitRequest' }] },
      attempted: [
        { what: expect.stringContaining('On the 14th at nine'), result: 'answered' },
        { what: 'I do not know about that.', result: 'did not understand' },
        { what: 'Children of ten fly for the full fare.', result: 'did not understand' },
        { what: 'That is beyond me, I am afraid.', result: 'did not understand' },
        { what: expect.stringContaining('rephrase'), result: 'climbed' },
        { what: expect.stringContaining('selfService'), result: 'wanted a person' },
        { what: expect.stringContaining('I hold it for you'), result: 'answered' },
      ],
      variables: { bookingRef: 'M4T9QZ' },
    })

    await agent.accepts('lea')
    expect(conversation).toBeOwnedBy('agent:lea')
    expect(told()).toEqual([expect.stringMatching(/this is Lea from the travel desk.+read everything/)])
    await story.botIsRefused('I still hold the seat.')
    await agent.says('A cello, how lovely. It flies in 12A, you in 12B, and the strap comes from the crew.')
    await customer.says('By the window! It will be delighted.')
    await agent.notes('Sold the extra seat at the child’s fare, as the desk may for instruments.')
    await agent.handsBack('Second seat is paid, 12A and 12B. Only the change of date is left.')

    expect(conversation).toBeIn('bot.rebooking')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('go on where we stopped')])
    await bot.replies('Both seats are moved, and the tickets are in your mail.', { nlu: { confidence: 0.97 } })
    await bot.isDone()
    expect(conversation).toBeIn('bot.concierge')
    expect(told()).toEqual([expect.stringContaining('anything else about your trip')])
    await customer.says('One more: our drummer stays at home, can his ticket be paid back?')
    await bot.intends('refund')
    expect(conversation).toBeIn('bot.refunds')
    expect(told()).toEqual([expect.stringContaining('Refunds are handled by a specialist bot')])
    await bot.replies('Yes, 64 euros, on the card you paid with.', { nlu: { confidence: 0.92 } })
    await customer.says('He will buy sticks from it.')
    await bot.isDone()
    await customer.says('No, that is all. The cello and I are very happy.')
    await bot.isDone()
    expect(conversation).toBeIn('handback.survey')
    await customer.chooses('5')
    await customer.says('Lea did not laugh at the cello.')
    expect(conversation).toBeClosedWith('resolved')
  }))
