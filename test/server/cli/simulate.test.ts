import { beforeEach, describe, expect, test } from 'vitest'
import { support } from '../../engine/draw.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
beforeEach(() => baton.save('flows/support.flow.json', { ...support(), id: 'support' }))

const chat = (...lines: readonly string[]) => baton.typed(lines, ['simulate', 'support'])

describe('baton simulate', () => {
  test('shows what is said, and after each turn state, owner, what is expected, signals, timers and the clock', async () => {
    const { code, out } = await chat('where is my parcel', '/bot! No idea.')
    expect(code).toBe(0)
    expect(out).toBe(`Test · write as the customer, /help for the rest, /quit to leave
  bot      Hello there, ask away.
  state    bot.chat · the bot has the word
  expects  bot.done, bot.escalate, bot.failed, bot.intent, bot.message, customer.left, customer.message, customer.returned
  signals  3 quiet
  timers   chat.idle in 1d
  clock    Mon, 2 Mar 2026, 10:00:00 (Europe/Berlin)
› where is my parcel
  state    bot.chat · the bot has the word
  expects  bot.done, bot.escalate, bot.failed, bot.intent, bot.message, customer.left, customer.message, customer.returned
  signals  3 quiet
  timers   chat.silent in 1m
  clock    Mon, 2 Mar 2026, 10:00:00 (Europe/Berlin)
› /bot! No idea.
  bot      No idea.
  state    bot.chat · the bot has the word
  expects  bot.done, bot.escalate, bot.failed, bot.intent, bot.message, customer.left, customer.message, customer.returned
  signals  fallbacks 1 of 2 · 2 quiet
  timers   chat.idle in 1d
  clock    Mon, 2 Mar 2026, 10:00:00 (Europe/Berlin)
`)
  })

  test('plays a whole handoff', async () => {
    const { out } = await chat(
      '/intent refund',
      'A-17',
      '/escalate too hard',
      '/decline',
      '/skip 30s',
      '/accept',
      '/agent Hello.',
      '/note careful',
      '/transfer billing yours',
      '/accept tom',
      '/transfer @sarah',
      '/accept',
      '/handback refunded',
      'a human again please',
      '/offline sarah',
      '/online sarah',
      '/accept tom',
      '/resolve',
      '/score 5 quick',
    )
    for (const part of [
      'bot.order',
      'offered to sarah',
      'reason   The bot asked for a person',
      'Sarah    Sarah has joined',
      'state    agentActive.person · tom has the word',
      'You are back with the assistant.',
      '[1] [2] [3] [4] [5]',
      'closed.bye · the bot has the word · closed: resolved',
    ])
      expect(out).toContain(part)
    expect(out).not.toContain('refused')
  })

  test('says a refusal with its reason, and goes on', async () => {
    const { code, out } = await chat('/agent Hi', 'hello')
    expect(code).toBe(0)
    expect(out).toContain(
      '  refused (not-owner) The bot owns the conversation; an agent must accept it first.\n› hello\n',
    )
  })

  test('presses a button where its label or id is typed', async () => {
    const { out } = await chat('x', '/bot! a', 'y', '/bot! b', 'z', '/bot! c', 'i still need help', 'yes')
    expect(out).toContain('[Returns https://shop.example/returns link1]')
    expect(out).toContain('state    queued.billing')
  })

  test('takes turns back', async () => {
    const { out } = await chat('a human please', '/skip 1m', '/accept', '/back 2', '/back')
    const states = [...out.matchAll(/state {4}(\S+)/g)].map((each) => each[1])
    expect(states).toEqual([
      'bot.chat',
      'queued.billing',
      'queued.billing',
      'agentActive.person',
      'queued.billing',
      'bot.chat',
    ])
  })

  test('shows the handoff package', async () => {
    expect((await chat('a human please', '/handoff')).out).toContain('"trigger": "wants"')
  })

  test('saves a run as a scenario that then passes, in place of one of the same name', async () => {
    const { out } = await chat(
      'a human please',
      '/skip 1m',
      '/save A person is near',
      '/accept',
      '/save A person is near',
      '/save Another',
    )
    expect(out).toContain(
      'saved as “A person is near” in flows/support.scenarios.json; run it with `baton test support`',
    )
    const ran = await baton.run('test')
    expect(ran.out).toContain('  ✓ A person is near\n  ✓ Another\n\n2 scenarios passed')
  })

  test('adds nothing to scenarios that cannot be read', async () => {
    await baton.save('flows/support.scenarios.json', '{ "flow": 1 }')
    expect((await chat('/save X')).out).toContain('cannot be read, so nothing is added to it')
    expect(await baton.read('flows/support.scenarios.json')).toBe('{ "flow": 1 }')
  })

  test('knows what is meant by a wrong word', async () => {
    const { out } = await chat('/acept', '/skip soon', '/bot', '/score many', '/back many', '/online zed', '/save')
    expect(out).toContain('There is no /acept; did you mean “/accept”?')
    expect(out).toContain('“soon” is not a duration; write one such as /skip 90s')
    expect(out).toContain('Write /bot <text>.')
    expect(out).toContain('Write /score <number> [comment]')
    expect(out).toContain('Write /back [turns]')
    expect(out).toContain('There is no agent “zed” here')
    expect(out).toContain('Write /save <name>')
  })

  test('leaves at /quit, and helps at /help', async () => {
    const { out } = await chat('/help', '/quit', 'never heard')
    expect(out).toContain('/transfer <team> | @<agent> [note]')
    expect(out).not.toContain('never heard')
  })

  test('begins when and with whom it is told to', async () => {
    const { out } = await baton.typed(
      [],
      ['simulate', 'support', '--at', '2026-05-01T20:00:00Z', '--customer', 'name=Ann', 'vip=true', 'orders=3'],
    )
    expect(out).toContain('Hello Ann, ask away.')
    expect(out).toContain('Fri, 1 May 2026, 22:00:00 (Europe/Berlin)')
    expect((await baton.typed([], ['simulate', 'support', '--at', 'noon'])).err).toContain('“noon” is no time')
    expect((await baton.typed([], ['simulate', 'support', '--customer', 'name'])).err).toContain(
      '“name” is not key=value',
    )
  })
})
