import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const ruth = { id: 'ruth', name: 'Ruth', teams: ['frontdesk'], languages: ['en'] }
const cast = { agents: [ruth], customer: { name: 'Leo' }, page: '/contact' }

test('A sore knee before a trip: the front desk explains the scale, and no answer is given twice', () =>
  dialogue('healthcare', cast, async (story) => {
    const { customer, agent, conversation, told } = story
    expect(conversation).toHaveSaid(/Leo.+program and not a doctor/)
    expect(conversation).toBeIn('bot.need')
    await customer.says('I don’t feel well')
    expect(told()).toEqual([expect.stringContaining('what you feel, and since when')])
    await customer.says('My left knee has been swollen since I moved house on Sunday.')
    expect(conversation).toBeIn('bot.severity')
    expect(conversation).toHaveVariable('symptoms', 'My left knee has been swollen since I moved house on Sunday.')

    await customer.says('Depends on the stairs, really.')
    expect(told()).toEqual([expect.stringContaining('a number from 1 to 10')])
    await customer.says('Fine on the sofa, less so going down to the laundry.')
    expect(conversation).toBeIn('escalation.offer')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('somebody from the front desk')])
    await customer.says('Yes, please do.')
    expect(conversation).toBeIn('queued.frontDesk')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.botIsRefused('Have you tried to put it up?')
    await story.othersFindNothing()
    await customer.says('I fly to my sister on Thursday, that is why I ask.')
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Leo: the customer could not be understood.+fly to my sister on Thursday/),
      reason: { sentence: 'The customer could not be understood when asked for severity', signals: [] },
      attempted: [{ what: expect.stringContaining('offerHuman'), result: 'wanted a person' }],
      variables: { need: 'symptoms', symptoms: 'My left knee has been swollen since I moved house on Sunday.' },
      page: '/contact',
    })

    await agent.accepts('ruth')
    expect(conversation).toBeOwnedBy('agent:ruth')
    expect(told()).toEqual([expect.stringMatching(/this is Ruth from the front desk.+read everything/)])
    await story.botIsRefused('How bad is it now?')
    await agent.says('Hello Leo. Take the worst moment of today, the stairs with the laundry: which number is that?')
    await customer.says('Put like that, I would say a four.')
    await agent.says('Good, then please tell the assistant just that, it asks you a last thing or two.')
    await customer.says('Will do. Thank you for explaining.')
    await agent.notes('Flies Thursday. If the knee gets thicker, offer Dr Amsel on Wednesday at noon.')
    await agent.handsBack('He means four.')

    expect(conversation).toBeIn('bot.severity')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([
      expect.stringContaining('where we stopped'),
      expect.stringContaining('from 1 (hardly there)'),
    ])
    await customer.says('4')
    expect(told()).toEqual([expect.stringContaining('chest pain')])
    await customer.says('No, none of those.')
    expect(conversation).toBeIn('bot.more')
    expect(told()).toEqual([
      expect.stringContaining('can wait for a normal appointment'),
      expect.stringContaining('anything else'),
    ])
    await customer.chooses('no')
    expect(conversation).toBeIn('handback.survey')
    await customer.says('4 out of 5')
    expect(conversation).toBeClosedWith('resolved')
    expect(told()).toEqual([expect.stringContaining('call 911')])
  }))
