/** Law: the first trigger of the document's order that matches fires; what has fired is heard anew from the start. */
import { describe, expect, test } from 'vitest'
import { EventWorld } from '#engine/step/world.ts'
import { emptyMemory } from '#engine/step/memory.ts'
import { startSignals } from '#engine/signals/index.ts'
import type { Facts } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'
import { Told } from './told.ts'

/** The flow of support with other triggers, each of which leads to the queue. */
function watching(triggers: Readonly<Record<string, object>>, nodes: Readonly<Record<string, Drawn>> = {}): Told {
  const { wants: _, lost: __, ...rest } = supportNodes
  const drawn = Object.entries(triggers).map(([id, data]): [string, Drawn] => [id, ['trigger', data]])
  const edges = supportEdges.filter((edge) => !/^(wants|lost|ladder)\./.test(edge))
  const { ladder: ___, ...others } = rest
  return new Told(
    draw(
      { ...others, ...nodes, ...Object.fromEntries(drawn) },
      [...edges, ...drawn.map(([id]) => `${id}.fired > billing`)],
      { orderNumber: { type: 'text' }, amount: { type: 'number' } },
    ),
  )
}

const reason = (told: Told) => told.last.snapshot.machine.context.reason
const person = { signals: [{ signal: 'explicitRequest' }] }
const turns = (over: number) => ({ signals: [{ signal: 'turns', over }] })

describe('When several triggers match', () => {
  test('the first of the document fires, and the others are told as reasons', () => {
    const told = watching({ late: turns(1), wants: person })
    told.customer('hello')
    told.customer('a person please')
    expect(reason(told)).toMatchObject({
      trigger: 'late',
      signals: [{ signal: 'turns', value: 2, threshold: 1 }],
      others: [{ trigger: 'wants', signals: [{ signal: 'explicitRequest' }] }],
    })
    expect(reason(told)?.sentence).toBe(reason(told)?.signals[0]?.sentence)
    expect(told.last.log.find((entry) => entry.kind === 'moved')).toMatchObject({ reason: reason(told) })
  })
})

describe('A trigger of several signals', () => {
  const signals = [
    { signal: 'turns', over: 1 },
    { signal: 'topic', words: ['lawyer'] },
  ]

  test('fires on any of them, and names those that matched', () => {
    const told = watching({ both: { signals } })
    told.customer('my lawyer will call')
    expect(reason(told)?.signals.map(({ signal }) => signal)).toEqual(['topic'])
  })

  test('fires on all of them together where it says so, and names them in one sentence', () => {
    const told = watching({ both: { signals, match: 'all' } })
    told.customer('my lawyer will call')
    expect(told.state).toBe('bot.chat')
    told.customer('hello?')
    told.customer('and my lawyer says so')
    expect(reason(told)?.signals.map(({ signal }) => signal)).toEqual(['turns', 'topic'])
    expect(reason(told)?.sentence).toBe(
      reason(told)
        ?.signals.map(({ sentence }) => sentence)
        .join('; '),
    )
  })
})

describe('A trigger on a value', () => {
  const dear = { signals: [{ signal: 'value', when: 'conversation.turns > 1' }] }

  test('fires when it becomes true, and not again while it stays so', () => {
    const told = watching({ dear })
    told.customer('hello')
    expect(told.state).toBe('bot.chat')
    told.customer('hello?')
    expect(told.state).toBe('queued.billing')
    expect(told.last.snapshot.held).toEqual(['dear'])
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.handback' })
    told.customer('thanks')
    expect(told.state).toBe('bot.chat')
    expect(told.last.snapshot.held).toEqual(['dear'])
  })

  test('fires again once it has been otherwise', () => {
    const told = watching({ angry: { signals: [{ signal: 'value', when: 'nlu.sentiment < 0.0' }] } })
    const says = (sentiment: number) => told.customer('hm', { nlu: { sentiment } })
    says(-0.5)
    expect(told.state).toBe('queued.billing')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.handback' })
    says(-0.5)
    expect(told.state).toBe('bot.chat')
    says(0.5)
    expect(told.last.snapshot.held).toEqual([])
    says(-0.5)
    expect(told.state).toBe('queued.billing')
  })

  test('does not fire again because of what the customer writes in a survey', () => {
    const told = watching({ dear })
    told.customer('hello')
    told.customer('hello?')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.resolve', resolution: 'done' })
    expect(told.state).toBe('handback.stars')
    told.customer('my parcel is blue')
    expect(told.last.snapshot).toMatchObject({ state: 'bot.chat', held: ['dear'] })
    told.customer('and it is large')
    expect(told.state).toBe('bot.chat')
  })

  test('may ask what the signals say', () => {
    const told = watching({ many: { signals: [{ signal: 'value', when: 'signals.turns > 1' }] } })
    told.customer('hello')
    expect(told.state).toBe('bot.chat')
    told.customer('hello?')
    expect(reason(told)?.trigger).toBe('many')
  })

  test('does not keep another from firing', () => {
    const told = watching({ dear, wants: person })
    told.customer('hello')
    told.customer('hello?')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.handback' })
    told.customer('a person please')
    expect(reason(told)).toMatchObject({ trigger: 'wants', others: [] })
    expect(told.last.snapshot.held).toEqual(['dear'])
  })
})

describe('Triggers', () => {
  test('hear nothing while a person or the queue has the customer, and count anew afterwards', () => {
    const told = watching({ late: turns(2), wants: person })
    told.customer('a person please')
    for (let at = 0; at < 5; at++) told.customer('hello?')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    for (let at = 0; at < 5; at++) told.customer('hello!')
    told.send({ type: 'agent.handback' })
    told.customer('one')
    told.customer('two')
    expect(told.state).toBe('bot.chat')
    told.customer('three')
    expect(reason(told)?.trigger).toBe('late')
  })

  test('hear in a survey only who asks for a person in so many words', () => {
    const asked = (text: string) => {
      const told = watching({ rain: { signals: [{ signal: 'topic', words: ['weather'] }] }, wants: person })
      told.send({ type: 'bot.escalate', reason: 'too hard' })
      told.send({ type: 'agent.accept', agent: 'sarah' })
      told.send({ type: 'agent.resolve', resolution: 'done' })
      expect(told.state).toBe('handback.stars')
      told.customer(text)
      return told
    }
    expect(asked('nice weather').last.snapshot.phase).not.toBe('queued')
    const told = asked('let me talk to a human about the weather please')
    expect(told.state).toBe('queued.billing')
    expect(reason(told)).toMatchObject({ trigger: 'wants', others: [] })
  })

  test('stand for the bot that asks for a person itself, with what it says', () => {
    const told = watching({ late: turns(9), wants: person })
    told.send({ type: 'bot.escalate', reason: 'too hard' })
    expect(reason(told)).toEqual({
      trigger: 'wants',
      sentence: 'The bot asked for a person: too hard',
      signals: [],
      others: [],
    })
  })

  test('that watch for a bot that asks fire on it, with its summary', () => {
    const told = watching({ wants: person, asks: { signals: [{ signal: 'botAsked' }] } })
    told.send({ type: 'bot.escalate', reason: 'too hard', summary: 'Ann’s parcel is lost' })
    expect(reason(told)).toMatchObject({ trigger: 'asks', signals: [{ signal: 'botAsked' }] })
  })

  test('that watch for a bot that fails or is silent fire on it', () => {
    const fails = watching({ quiet: { signals: [{ signal: 'botSilent' }] } })
    fails.send({ type: 'bot.failed' })
    expect(reason(fails)?.trigger).toBe('quiet')
    const waits = watching({ quiet: { signals: [{ signal: 'botSilent' }] } })
    waits.customer('where is it')
    waits.timer('chat.silent')
    expect(reason(waits)?.trigger).toBe('quiet')
  })

  test('leave a silent bot to the way that is drawn for it', () => {
    const told = new Told(
      draw(
        {
          start: ['start'],
          chat: ['listen'],
          sorry: ['say', { text: 'The assistant is away.' }],
          desk: ['queue', { team: 'desk', text: 'Wait.' }],
          quiet: ['trigger', { signals: [{ signal: 'botSilent' }] }],
        },
        [
          'start.next > chat',
          'chat.silent > sorry',
          'chat.failed > sorry',
          'chat.done > desk',
          'sorry.next > desk',
          'quiet.fired > desk',
        ],
      ),
    )
    const failing = new Told(told.flow)
    told.customer('where is it')
    told.timer('chat.silent')
    failing.send({ type: 'bot.failed' })
    for (const each of [told, failing]) {
      expect(each.said[0]).toBe('The assistant is away.')
      expect(reason(each)?.trigger).toBeUndefined()
    }
  })

  test('take no customer who is silent for a bot that is', () => {
    const told = watching(
      { quiet: { signals: [{ signal: 'botSilent' }] } },
      { chat: ['listen', { intents: [{ id: 'refund' }], idleAfter: '1h' }] },
    )
    told.customer('where is it')
    told.bot('On its way.')
    const idle = told.last.snapshot.timers.find(({ id }) => id.startsWith('chat.'))
    told.timer(idle?.id ?? '')
    expect(reason(told)?.trigger).toBeUndefined()
  })

  test('hear of nothing but what customer and bot say', () => {
    const told = watching({ vip: { signals: [{ signal: 'value', when: 'customer.tier == "vip"' }] } })
    told.send({ type: 'customer.identified', customer: { tier: 'vip' } })
    told.send({ type: 'customer.left' })
    expect(told.state).toBe('bot.chat')
    told.customer('hello')
    expect(reason(told)?.trigger).toBe('vip')
  })

  test('leave it to the flow where the bot asks for a person and none of them stands for one', () => {
    const told = watching({ late: turns(9) })
    told.send({ type: 'bot.escalate', reason: 'too hard' })
    expect(told.state).toBe('queued.billing')
    expect(reason(told)?.trigger).toBeUndefined()
  })

  test('stand for a person also beside other signals', () => {
    const told = watching({ wants: { signals: [{ signal: 'topic', words: ['lawyer'] }, ...person.signals] } })
    told.send({ type: 'bot.escalate', reason: 'too hard' })
    expect(reason(told)?.trigger).toBe('wants')
  })

  test('and what they watch with go on listening in a ladder, and rest in the queue', () => {
    const told = new Told(draw(supportNodes, supportEdges, { orderNumber: { type: 'text' } }))
    for (const _ of [1, 2]) {
      told.customer('where is my parcel')
      told.bot('Sorry?', { fallback: true })
    }
    expect(told.state).toBe('escalation.ladder')
    told.customer('this is terrible and useless')
    expect(told.last.snapshot.memory.sentiment.at(-1)?.score).toBeLessThan(0)
    told.customer('a person please')
    expect(told.state).toBe('queued.billing')
    const { signals } = told.last.snapshot
    told.customer('HELLO, IS ANYBODY THERE?')
    expect(told.last.snapshot.signals).toEqual(signals)
  })

  test('hear what the bot reports with a message of its own, once that is delivered', () => {
    const told = watching({ lost: { signals: [{ signal: 'fallbacks', times: 1 }] } })
    told.customer('where is it')
    told.bot('Sorry?', { fallback: true })
    expect(told.said[0]).toBe('Sorry?')
    expect(reason(told)?.trigger).toBe('lost')
  })

  test('hear an intent that the bot reports on its way through the flow', () => {
    const told = watching({ refunds: { signals: [{ signal: 'topic', intents: ['refund'] }] } })
    told.send({ type: 'bot.intent', intent: 'refund' })
    expect(reason(told)?.trigger).toBe('refunds')
  })

  test('do not hear a file that comes without a word', () => {
    const told = watching({ late: turns(1) })
    told.customer('hello')
    told.customer('', { attachments: [{ id: 'f', name: 'a.png', type: 'image/png', size: 1 }] })
    expect(told.state).toBe('bot.chat')
    told.customer('', {
      nlu: { intent: 'photo' },
      attachments: [{ id: 'g', name: 'b.png', type: 'image/png', size: 1 }],
    })
    expect(told.state).toBe('queued.billing')
  })

  test('do not take an answer that is given again for a question that is asked again', () => {
    const asks = { text: 'Which order?', variable: 'amount', as: 'number', attempts: 4 }
    const told = watching({ again: { signals: [{ signal: 'loop', times: 2 }] } }, { order: ['ask', asks] })
    told.send({ type: 'bot.intent', intent: 'refund' })
    for (const _ of [1, 2, 3]) told.customer('the blue one that I ordered')
    expect(told.state).toBe('bot.order')
  })

  test('read the mood only of who says something, as the bot reports it or as it is guessed', () => {
    const moods = (told: Told) => told.last.snapshot.memory.sentiment.map(({ score }) => score)
    const guessed = watching({ sad: { signals: [{ signal: 'sentiment', below: -0.9 }] } })
    guessed.customer('this is terrible and useless')
    guessed.customer('', { attachments: [{ id: 'f', name: 'a.png', type: 'image/png', size: 1 }] })
    expect(moods(guessed)).toEqual([expect.any(Number)])
    expect(moods(guessed)[0]).toBeLessThan(0)
    const unread = watching({})
    unread.customer('this is terrible and useless')
    unread.customer('hm', { nlu: { sentiment: -0.25 } })
    expect(moods(unread)).toEqual([-0.25])
    guessed.customer('this is terrible and useless', { nlu: { sentiment: 0.5 } })
    expect(moods(guessed).at(-1)).toBe(0.5)
  })
})

describe('What a flow looks for in the world', () => {
  const sarah = { id: 'sarah', name: 'Sarah' }
  const facts: Facts = {
    queues: { desk: { position: 1, eta: null, within: null, online: 1, waiting: 0 } },
    hours: { shop: { open: true, opens: null, timezone: 'Europe/Berlin' } },
    slots: { 'shop:1:5': [7] },
    booked: { shop: [8] },
    agents: { sarah },
    due: { 'shop:0:1': null },
    last: null,
  }
  const looking = (known: Facts | undefined) => {
    const event = { type: 'customer.left', ...(known === undefined ? {} : { facts: known }) } as const
    const world = new EventWorld(event, 5, startSignals(), emptyMemory)
    const found = [
      world.queue('desk'),
      world.hours('shop'),
      world.slots('shop:1:5'),
      world.booked('shop'),
      world.agent('sarah'),
      world.due('shop:0:1'),
      world.last(),
    ]
    return { found, wants: world.wants }
  }

  test('is found when the event brings it, a nothing that is known too', () => {
    const { queues, hours } = facts
    expect(looking(facts)).toEqual({
      found: [queues?.['desk'], hours?.['shop'], [7], [8], sarah, null, null],
      wants: [],
    })
  })

  test('is asked for when it does not, each once', () => {
    const wants = ['queue:desk', 'hours:shop', 'slots:shop:1:5', 'booked:shop', 'agent:sarah', 'due:shop:0:1', 'last:']
    expect(looking({})).toEqual({ found: Array.from(wants, () => undefined), wants })
    expect(looking(undefined).wants).toEqual(wants)
    const world = new EventWorld(undefined, 5, startSignals(), emptyMemory)
    world.agent('toString')
    world.agent('toString')
    expect(world.wants).toEqual(['agent:toString'])
  })

  test('is what customer or bot have reported, and nothing between two events', () => {
    const nlu = { intent: 'refund' }
    const heard = (event: ConstructorParameters<typeof EventWorld>[0]) =>
      new EventWorld(event, 5, startSignals(), emptyMemory).nlu
    expect(heard({ type: 'customer.message', text: 'a', nlu })).toBe(nlu)
    expect(heard({ type: 'bot.message', text: 'a', nlu })).toBe(nlu)
    expect(heard({ type: 'customer.left' })).toBeUndefined()
    expect(heard(undefined)).toBeUndefined()
  })
})

describe('Who is back with the bot', () => {
  const queue = { team: 'support', text: 'Please wait.', maxWait: '5m' }
  /** Two turns of the three that would fire, and then to the queue by the way that is drawn. */
  const waiting = (): Told => {
    const told = new Told(
      draw(
        {
          start: ['start'],
          chat: ['listen'],
          late: ['trigger', turns(2)],
          line: ['queue', queue],
          person: ['agent'],
          stars: ['survey', { text: 'How was it?' }],
          bye: ['close'],
        },
        [
          'start.next > chat',
          'chat.done > line',
          'late.fired > line',
          'line.accepted > person',
          'line.timeout > chat',
          'person.handback > stars',
          'person.resolved > bye',
          'stars.answered > chat',
          'stars.skipped > bye',
        ],
      ),
    )
    for (const text of ['hello', 'where is it?']) told.customer(text)
    told.send({ type: 'bot.done' })
    expect(told.state).toBe('queued.line')
    return told
  }

  test('is heard from the start where nobody came', () => {
    const told = waiting()
    told.timer('line.maxWait')
    told.customer('still there?')
    expect(told.state).toBe('bot.chat')
  })

  test('is heard from the start after the questions that a handback asks', () => {
    const told = waiting()
    told.send({ type: 'agent.accept', agent: 'sarah', facts: { agents: { sarah: { id: 'sarah', name: 'Sarah' } } } })
    told.send({ type: 'agent.handback' })
    expect(told.last.snapshot.phase).toBe('handback')
    told.send({ type: 'survey.answer', score: 5 })
    told.customer('one thing more')
    expect(told.state).toBe('bot.chat')
  })
})
