import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const may = { id: 'may', name: 'May', teams: ['consultants'], skills: { listings: 3 }, languages: ['en'] }
const theo = { id: 'theo', name: 'Theo', teams: ['sales'], skills: { valuation: 4 }, languages: ['en'] }
const cast = { agents: [may, theo], customer: { name: 'Jack' } }

test('Selling Nan’s house: one person helps with the figure, the bot goes on, and a second one values it', () =>
  dialogue('real-estate', cast, async (story) => {
    const { customer, bot, agent, conversation, told } = story
    expect(conversation).toHaveSaid('Hello, Jack')
    await customer.says('G’day. We are thinking of letting go of Nan’s house.')
    await bot.intends('selling')
    expect(told()).toEqual([expect.stringContaining('Where is the property')])
    await customer.says('17 Wattle Lane, Katoomba')
    expect(conversation).toBeIn('bot.worth')
    await customer.says('To us it is priceless, she planted every tree.')
    expect(told()).toEqual([expect.stringContaining('in figures')])
    await customer.says('We honestly have no idea about prices up there.')
    expect(conversation).toBeIn('escalation.offer')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('Shall I bring in a consultant')])
    await customer.chooses('yes')
    expect(conversation).toBeIn('queued.consultants')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.botIsRefused('Would you like to buy another house instead?')
    await story.othersFindNothing()
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Jack about selling: the customer could not be understood/),
      reason: { sentence: 'The customer could not be understood when asked for worth' },
      attempted: [{ what: expect.stringContaining('offerHuman'), result: 'wanted a person' }],
      variables: { address: '17 Wattle Lane, Katoomba' },
    })

    await agent.accepts('may')
    expect(conversation).toBeOwnedBy('agent:may')
    expect(told()).toEqual([expect.stringMatching(/this is May.+read everything/)])
    await story.botIsRefused('A guess is enough.')
    await agent.says('Wattle Lane, with the old trees. Three bedrooms there went for 780,000 in autumn.')
    await customer.says('That helps a lot. Ours has three as well.')
    await agent.notes('Two cousins own it together, both want to sell.')
    await agent.handsBack('Has a figure to go by now.')

    expect(conversation).toBeIn('bot.worth')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([
      expect.stringContaining('go on where we stopped'),
      expect.stringContaining('worth, roughly'),
    ])
    await customer.says('Then let us say 780,000 dollars')
    expect(conversation).toBeIn('queued.sales')
    expect(told()).toEqual([expect.stringMatching(/number 1 in line, about .+address and your figure/)])
    await story.botIsRefused('What is the address again?')
    expect(await story.handoff()).toMatchObject({
      variables: { address: '17 Wattle Lane, Katoomba', worth: 780_000 },
      missing: [],
      note: 'Has a figure to go by now.',
    })
    await agent.accepts('theo')
    expect(conversation).toBeOwnedBy('agent:theo')
    expect(told()).toEqual([expect.stringMatching(/this is Theo.+your address and your figure/)])
    await agent.says('I know the lane. Shall I come by on Saturday and look at it properly?')
    await customer.says('Saturday at ten suits us, my cousin has the keys.')
    await agent.notes('Visit on Saturday at 10:00, keys with the cousin.')
    await agent.handsBack('Visit is agreed.')
    expect(conversation).toBeIn('bot.assistant')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('What you agreed is kept')])
    await customer.says('Nothing else, cheers.')
    await bot.isDone()
    expect(conversation).toBeIn('handback.survey')
    await customer.chooses('5')
    await customer.says('May knew the trees.')
    expect(conversation).toBeClosedWith('resolved')
  }))
