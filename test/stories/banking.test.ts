import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const amir = { id: 'amir', name: 'Amir', teams: ['service'], skills: { accounts: 5 }, languages: ['en'] }
const cast = { agents: [amir], customer: { name: 'Mr Okafor', limit: 2_000 } }

test('A standing order for a flat share: every rung of the ladder, a person, and then the bot sends the money', () =>
  dialogue('banking', cast, async (story) => {
    const { customer, bot, agent, conversation, told } = story
    expect(conversation).toHaveSaid(/Mr Okafor.+never ask for your PIN/)
    await customer.says('Good morning. Four of us share a flat and the rent leaves my account.')
    await bot.replies('Good morning. Would you like to see your last rent payments?', { nlu: { confidence: 0.55 } })
    await customer.says('I would like it to leave in four parts, on the days the others pay me.')
    await bot.replies('Do you mean a loan in four parts?', { nlu: { confidence: 0.41 } })
    expect(conversation).toBeIn('escalation.ladder')
    expect(told()).toEqual(['Do you mean a loan in four parts?', expect.stringContaining('in other words')])
    await customer.says('Can one standing order have four dates in a month?')
    await bot.replies('I found nothing about that.', { fallback: true })
    expect(told()).toEqual(['I found nothing about that.', expect.stringContaining('one of these pages')])
    await customer.chooses('I still need help')
    expect(conversation).toBeIn('escalation.ladder')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('Shall I bring in a colleague')])

    await customer.chooses('yes')
    expect(conversation).toBeIn('queued.service')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.botIsRefused('Our rates for loans are attractive.')
    await story.othersFindNothing()
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Mr Okafor: the bot was unsure twice/),
      reason: { trigger: 'stuck', signals: [{ signal: 'lowConfidence', value: 2, threshold: 2 }] },
      attempted: [
        { what: expect.stringContaining('your last rent payments') },
        { what: 'Do you mean a loan in four parts?' },
        { what: 'I found nothing about that.', result: 'did not understand' },
        { what: expect.stringContaining('rephrase'), result: 'climbed' },
        { what: expect.stringContaining('selfService'), result: 'climbed' },
        { what: expect.stringContaining('offerHuman'), result: 'wanted a person' },
      ],
      customer: { profile: { name: 'Mr Okafor', limit: 2_000 } },
      variables: {},
    })

    await agent.accepts('amir')
    expect(conversation).toBeOwnedBy('agent:amir')
    expect(told()).toEqual([expect.stringMatching(/this is Amir.+won’t need to repeat yourself/)])
    await story.botIsRefused('Still there?')
    await agent.says('One order has one date, so four orders it is. I set them up: the 1st, 8th, 15th and 22nd.')
    await customer.says('Splendid. And the deposit, can I pay that today?')
    await agent.notes('Four orders of 450 pounds to the landlord, first run on the 1st.')
    await agent.says('The assistant does that with you in a minute.')
    await agent.handsBack('Standing orders are done. Wants to pay a deposit today.')

    expect(conversation).toBeIn('bot.assistant')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('go on where we stopped')])
    expect(await story.handoff()).toMatchObject({ note: 'Standing orders are done. Wants to pay a deposit today.' })
    await bot.intends('payment')
    expect(told()).toEqual([expect.stringContaining('How much')])
    await customer.says('900 pounds')
    await customer.says('Harbour Lettings')
    expect(conversation).toBeIn('bot.assistant')
    expect(told()).toEqual([expect.stringMatching(/£900 for Harbour Lettings.+confirm it in your app/)])
    await customer.says('Confirmed, thank you.')
    await bot.isDone()
    expect(conversation).toBeIn('handback.survey')
    await customer.scores(4, 'Four dates took four tries.')
    expect(conversation).toBeClosedWith('resolved')
  }))
