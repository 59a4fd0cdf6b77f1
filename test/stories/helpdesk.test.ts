import { expect, test } from 'vitest'
import '../driver/matchers.ts'
import { dialogue } from './dialogue.ts'

const sam = { id: 'sam', name: 'Sam', teams: ['support'], skills: { product: 4 }, languages: ['en'] }
const cast = { agents: [sam], customer: { name: 'Priya', plan: 'team' }, page: '/calendar' }

test('A calendar an hour off: asked three times, two rungs, somebody from support, and the bot finishes the job', () =>
  dialogue('helpdesk', cast, async (story) => {
    const { customer, bot, agent, conversation, told } = story
    expect(conversation).toHaveSaid('Hello, Priya')
    await customer.says('Morning. I was locked out when I came in.', { nlu: { intent: 'access', confidence: 0.95 } })
    await bot.intends('access')
    expect(told()).toEqual([expect.stringContaining('Forgot password')])
    await customer.says('That worked, I am in. Now all my meetings show one hour late.')
    await bot.replies('You can move a meeting by dragging it.', { nlu: { confidence: 0.8 } })
    await customer.says('They show one hour late, all my meetings do.')
    await bot.replies('To be on time, set a reminder ten minutes before.', { nlu: { confidence: 0.75 } })
    await customer.says('Why do all my meetings show one hour late?')
    expect(conversation).toBeIn('escalation.ladder')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('what you did, and what happened then')])
    await customer.says('I flew in from Denver last night and opened the calendar at my desk.')
    await bot.replies('Welcome back from Denver.', { nlu: { confidence: 0.3 } })
    expect(conversation).toBeIn('escalation.ladder')

    await customer.says('Thanks, but please get me a real person from support.')
    expect(conversation).toBeIn('queued.support')
    expect(conversation).toBeOwnedBy('queue')
    expect(told()).toEqual([expect.stringMatching(/number 2 in line, about .+ won’t need to repeat yourself/)])
    await story.botIsRefused('Shall I show you how to drag a meeting?')
    await story.othersFindNothing()
    expect(await story.handoff()).toMatchObject({
      summary: expect.stringMatching(/^Priya about access: asked the same thing three times/),
      reason: { trigger: 'stuck', signals: [{ signal: 'loop', value: 3 }, { signal: 'explicitRequest' }] },
      attempted: [
        { what: 'You can move a meeting by dragging it.' },
        { what: expect.stringContaining('set a reminder') },
        { what: 'Welcome back from Denver.' },
        { what: expect.stringContaining('rephrase'), result: 'wanted a person' },
      ],
      intents: expect.arrayContaining([expect.objectContaining({ intent: 'access' })]),
      customer: { profile: { name: 'Priya', plan: 'team' } },
      page: '/calendar',
    })

    await agent.accepts('sam')
    expect(conversation).toBeOwnedBy('agent:sam')
    expect(told()).toEqual([expect.stringMatching(/this is Sam from support.+what was tried/)])
    await story.botIsRefused('Denver is lovely in spring.')
    await agent.says('Denver is the hint: your account still lives in Mountain Time. May I set it to yours?')
    await customer.says('Of course, New York please.')
    await agent.notes('Zone was pinned by the old desktop client, unpinned it for her.')
    await agent.says('Done. Reload once, and the assistant stays with you while you look.')
    await agent.handsBack('Zone set to New York. Ask whether the meetings are right after a reload.')

    expect(conversation).toBeIn('bot.assistant')
    expect(conversation).toBeOwnedBy('bot')
    expect(told()).toEqual([expect.stringContaining('go on where we stopped')])
    expect(await story.handoff()).toMatchObject({ note: expect.stringContaining('after a reload') })
    await bot.replies('Are the meetings where they belong after a reload?', { nlu: { confidence: 0.95 } })
    await customer.says('Every single one. You may close this.')
    await bot.isDone()
    expect(conversation).toBeIn('handback.survey')
    await customer.chooses('5')
    await customer.says('Ask where people flew in from.')
    expect(conversation).toBeClosedWith('resolved')
  }))
