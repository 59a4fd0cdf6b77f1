import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  advance,
  handoffPackage,
  parseFlow,
  Refusal,
  replay,
  start,
  view,
  type ConversationEvent,
  type Stepped,
} from '#engine/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'
import { Told } from './told.ts'

describe('From the bot to a person and back', () => {
  test('the customer who asks for a person is in the queue at once, with the reason in plain words', () => {
    const told = new Told(support(), { customer: { name: 'Ann' } })
    expect(told.said).toEqual(['Hello Ann, ask away.'])
    told.customer('let me talk to a human please')
    expect(told.state).toBe('queued.billing')
    expect(told.last.snapshot.owner).toBe('queue')
    expect(told.last.snapshot.machine.context.reason?.signals[0]?.signal).toBe('explicitRequest')
    expect(told.last.effects.map((effect) => effect.type)).toEqual(['message', 'queue.join', 'handoff'])
  })

  test('the handback resumes at the exact step that was left', () => {
    const told = new Told(support())
    told.send({ type: 'bot.intent', intent: 'refund' })
    expect(told.state).toBe('bot.order')
    told.customer('I want a real person')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.handback', note: 'address is corrected' })
    expect(told.state).toBe('bot.order')
    expect(told.said).toEqual(['You are back with the assistant.', 'Which order?'])
    expect(told.last.snapshot.machine.context.note).toBe('address is corrected')
  })

  test('a handback after the flow itself led to the queue resumes where the customer last had the word, not at the branch', () => {
    const told = new Told(support(), { customer: { tier: 'vip' } })
    told.customer('a refund please')
    told.send({ type: 'bot.intent', intent: 'refund' })
    told.customer('A-17')
    expect(told.state).toBe('queued.billing')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.handback' })
    expect(told.state).not.toMatch(/^queued/)
  })

  test('what is known is not asked: the second time the order number is skipped', () => {
    const told = new Told(support(), { variables: { orderNumber: 'A-17' } })
    told.send({ type: 'bot.intent', intent: 'refund' })
    expect(told.said).toEqual([])
    expect(told.state).toBe('bot.chat')
  })

  test('a transfer keeps the moment of joining and asks the new team', () => {
    const told = new Told(support())
    told.customer('a person please')
    const since = told.last.snapshot.machine.context.waiting?.since
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.transfer', team: 'vip', note: 'knows the case' })
    expect(told.state).toBe('queued.billing')
    expect(told.last.snapshot.machine.context.waiting).toMatchObject({ team: 'vip', since })
  })

  test('an agent who does not answer loses the conversation; the customer is told and keeps the place', () => {
    const told = new Told(support())
    told.customer('a person please')
    const since = told.last.snapshot.machine.context.waiting?.since
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.timer('person.gone')
    expect(told.state).toBe('queued.billing')
    expect(told.said[0]).toMatch(/lost the line/)
    expect(told.last.snapshot.machine.context.waiting).toMatchObject({ since, skip: [{ agent: 'sarah', why: 'lost' }] })
  })

  test('the longest wait ends in a promise that asks only for what is missing', () => {
    const told = new Told(support(), { customer: { name: 'Ann' } })
    told.customer('a person please')
    told.timer('billing.maxWait')
    expect(told.state).toBe('queued.note')
    expect(told.said.at(-1)).toMatch(/email/)
    told.customer('not an address')
    told.customer('ann@shop.example')
    expect(told.said).toEqual(['In one or two sentences, what should we know?'])
    told.customer('The parcel came twice.')
    const ticket = told.last.effects.find((effect) => effect.type === 'ticket')
    expect(ticket).toMatchObject({
      customer: { name: 'Ann', email: 'ann@shop.example' },
      brief: 'The parcel came twice.',
    })
    told.send({ type: 'effect.done', effect: ticket?.id ?? '', ok: true })
    expect(told.last.snapshot.closed?.reason).toBe('resolved')
  })
})

describe('Graduated escalation', () => {
  function atTheLadder(): Told {
    const told = new Told(support())
    for (const _ of [1, 2]) {
      told.customer('where is my parcel')
      told.bot('Sorry?', { fallback: true })
    }
    expect(told.last.snapshot.machine.value).toEqual({ escalation: { ladder: 'rephrase' } })
    return told
  }

  test('a good answer to the new wording ends the ladder where the bot was', () => {
    const told = atTheLadder()
    told.customer('the thing I ordered on Monday')
    told.bot('It arrives tomorrow.')
    expect(told.state).toBe('bot.chat')
    expect(told.last.snapshot.memory.attempted.at(-1)).toMatchObject({ result: 'resolved' })
  })

  test('poor answers climb: links, the offer, a person', () => {
    const told = atTheLadder()
    told.customer('the thing I ordered')
    told.bot('Sorry?', { fallback: true })
    expect(told.last.messages.at(-1)?.quickReplies?.map((reply) => reply.id)).toEqual(['link1', 'helped', 'stillNeed'])
    told.customer('I still need help')
    expect(told.said).toEqual(['Shall I bring in a colleague?'])
    told.customer('yes please')
    expect(told.state).toBe('queued.billing')
  })

  test('no to the offer gives the bot its turn again', () => {
    const told = atTheLadder()
    told.customer('hm')
    told.bot('Sorry?', { fallback: true })
    told.customer('I still need help')
    told.customer('no thanks')
    expect(told.state).toBe('bot.chat')
    expect(advance(told.flow, told.last.snapshot, []).botMayReply).toBe(true)
  })

  test('an explicit request is honoured at any rung', () => {
    const told = atTheLadder()
    told.customer('just connect me to an agent')
    expect(told.state).toBe('queued.billing')
  })

  test('a new wording of an answer to the flow’s own question is taken as its answer', () => {
    const flow = draw(
      {
        ...supportNodes,
        order: ['ask', { text: 'Which order?', variable: 'orderNumber', as: 'number' }],
        lost: ['trigger', { signals: [{ signal: 'value', when: 'conversation.turns > 1' }] }],
      },
      supportEdges,
      { orderNumber: { type: 'number' } },
    )
    const told = new Told(flow)
    told.send({ type: 'bot.intent', intent: 'refund' })
    told.customer('the blue one')
    told.customer('you know it')
    expect(told.last.snapshot.machine.value).toEqual({ escalation: { ladder: 'rephrase' } })
    told.customer('number 17')
    expect(told.last.snapshot.machine.context.vars).toEqual({ orderNumber: 17 })
  })
})

describe('One owner at a time', () => {
  test('the bot is refused while the queue or a person owns the conversation, and told so', () => {
    const told = new Told(support())
    told.customer('a person please')
    expect(told.refusal({ type: 'bot.message', text: 'hi' })).toMatchObject({ code: 'not-owner' })
    told.send({ type: 'agent.accept', agent: 'sarah' })
    expect(told.refusal({ type: 'bot.message', text: 'hi' })).toMatchObject({ code: 'not-owner' })
    expect(told.refusal({ type: 'agent.message', text: 'hi', by: 'tom' })).toMatchObject({ code: 'not-owner' })
    expect(told.refusal({ type: 'agent.accept', agent: 'tom' })).toMatchObject({ code: 'not-owner' })
  })

  test('every change of owner raises the epoch, nothing else does', () => {
    const told = new Told(support())
    const epochs = [told.last.snapshot.epoch]
    for (const event of [
      { type: 'customer.message', text: 'a person please' },
      { type: 'customer.message', text: 'hello?' },
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.message', text: 'hi' },
      { type: 'agent.handback' },
    ] as const)
      epochs.push(told.send(event).snapshot.epoch)
    expect(epochs).toEqual([0, 1, 1, 2, 2, 3])
  })

  test('a stale timer, a stale effect and an early timer change nothing', () => {
    const told = new Told(support())
    told.customer('where is it')
    const silent = told.last.snapshot.timers.find((timer) => timer.id === 'chat.silent')
    expect(told.refusal({ type: 'timer', id: 'chat.silent', gen: silent?.gen ?? 0 })).toMatchObject({ code: 'stale' })
    told.bot('Here it is.')
    expect(told.refusal({ type: 'timer', id: 'chat.silent', gen: silent?.gen ?? 0 })).toMatchObject({ code: 'stale' })
    expect(told.refusal({ type: 'effect.done', effect: 'c1:1:0', ok: true })).toMatchObject({ code: 'stale' })
  })

  test('a closed conversation takes nothing, and says how to go on', () => {
    const told = new Told(draw({ start: ['start'], end: ['close', { text: 'Bye.' }] }, ['start.next > end']))
    expect(told.last.snapshot.phase).toBe('closed')
    expect(told.refusal({ type: 'customer.message', text: 'hello?' })).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('/v1/conversations'),
    })
  })

  test('an intent that leads nowhere is refused with those that do', () => {
    expect(new Told(support()).refusal({ type: 'bot.intent', intent: 'weather' }).message).toContain('refund')
  })
})

describe('A silent or failing bot strands nobody', () => {
  test('without any way drawn, the customer goes to the first queue', () => {
    const told = new Told(support())
    told.customer('where is it')
    told.timer('chat.silent')
    expect(told.state).toBe('queued.billing')
    expect(told.last.snapshot.machine.context.reason?.sentence).toMatch(/did not answer/)
  })

  test('a trigger that watches for it fires', () => {
    const flow = draw({ ...supportNodes, wants: ['trigger', { signals: [{ signal: 'botSilent' }] }] }, supportEdges, {
      orderNumber: { type: 'text' },
    })
    const told = new Told(flow)
    told.customer('where is it')
    told.timer('chat.silent')
    expect(told.last.snapshot.machine.context.reason?.trigger).toBe('wants')
  })

  test('a bot that asks for a person gets one, with its own summary', () => {
    const told = new Told(support())
    told.customer('where is it')
    told.send({ type: 'bot.escalate', reason: 'cannot see the parcel', summary: 'Ann’s parcel is lost' })
    expect(told.state).toBe('queued.billing')
    expect(handoffPackage(told.flow, told.last.snapshot, { transcript: [], earlier: [] }).summary).toBe(
      'Ann’s parcel is lost',
    )
  })

  test('what the bot says is delivered before what it reports makes a trigger fire', () => {
    const told = new Told(support())
    for (const _ of [1, 2]) {
      told.customer('where is it')
      told.bot('No idea.', { nlu: { confidence: 0.2 } })
    }
    expect(told.said[0]).toBe('No idea.')
    expect(told.state).toBe('escalation.ladder')
  })
})

describe('The step', () => {
  const events: fc.Arbitrary<ConversationEvent> = fc.oneof(
    fc.record({
      type: fc.constant('customer.message' as const),
      text: fc.constantFrom(
        'yes',
        'no',
        '5',
        'A-17',
        'a human please',
        'where is it',
        'WHERE IS IT',
        'ann@shop.example',
      ),
    }),
    fc.record({ type: fc.constant('bot.message' as const), text: fc.constant('Hm.'), fallback: fc.boolean() }),
    fc.constantFrom<ConversationEvent>(
      { type: 'bot.intent', intent: 'refund' },
      { type: 'bot.done' },
      { type: 'bot.failed' },
      { type: 'bot.escalate', reason: 'x' },
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.decline' },
      { type: 'agent.message', text: 'Hi' },
      { type: 'agent.handback' },
      { type: 'agent.resolve', resolution: 'done' },
      { type: 'agent.transfer', team: 'vip' },
      { type: 'customer.left' },
      { type: 'customer.returned' },
      { type: 'survey.answer', score: 4 },
      { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: 0 },
      { type: 'offer.ended', agent: 'sarah', why: 'expired' },
      { type: 'agent.gone', agent: 'sarah' },
    ),
    fc.nat(3).map((index): ConversationEvent => ({ type: 'timer', id: String(index), gen: -1 })),
  )

  /** Runs random events; a timer event stands for one of those that are set, at its time. */
  function wander(sent: readonly ConversationEvent[], each: (told: Told) => void): void {
    const told = new Told(support())
    each(told)
    for (const event of sent) {
      const { timers } = told.last.snapshot
      const timer = event.type === 'timer' ? timers[Number(event.id) % Math.max(1, timers.length)] : undefined
      try {
        if (timer !== undefined) told.timer(timer.id)
        else if (event.type !== 'timer') told.send(event)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
      each(told)
    }
  }

  test('Law 1: never throws anything but a refusal, and a refusal comes exactly for what the state does not expect', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (sent) => {
        wander(sent, (told) => {
          const { expects, owner, phase } = view(told.flow, told.last.snapshot)
          if (phase === 'closed') expect(expects).toEqual([])
          else expect(expects).toContain('customer.message')
          if (phase === 'queued') expect(owner).toBe('queue')
          if (phase === 'agentActive') expect(owner).toMatch(/^agent:/)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('Law 2: replaying a log gives the same snapshot, byte by byte', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sent) => {
        let last: Told | undefined
        wander(sent, (told) => {
          last = told
        })
        if (last)
          expect(JSON.stringify(replay(last.flow, 0, last.events).snapshot)).toBe(JSON.stringify(last.last.snapshot))
      }),
      { numRuns: 100 },
    )
  })

  test('Law 3: log numbers count up by one, ids of effects are unique, and messages are in the log', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sent) => {
        let seq = 0
        const ids = new Set<string>()
        let before: Stepped | undefined
        wander(sent, (told) => {
          if (told.last === before) return
          before = told.last
          for (const entry of told.last.log) expect(entry.seq).toBe(++seq)
          for (const { id } of told.last.effects) {
            expect(ids.has(id)).toBe(false)
            ids.add(id)
          }
          expect(told.last.snapshot.seq).toBe(seq)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('Law 4: while nobody may leave by themselves, a deadline is set: nobody waits for ever', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sent) => {
        wander(sent, (told) => {
          const { phase, timers, awaiting } = told.last.snapshot
          if (phase !== 'closed')
            expect(timers.length > 0 || awaiting !== null || told.last.snapshot.machine.context.owes, told.state).toBe(
              true,
            )
        })
      }),
      { numRuns: 200 },
    )
  })

  test('Law 5: the snapshot stays small, however long the conversation', () => {
    const told = new Told(support())
    const sizes = Array.from({ length: 300 }, (_, index) => {
      told.customer(`question ${index} about something else entirely, number ${index * 7}`)
      told.bot(`Answer ${index}.`)
      return JSON.stringify(told.last.snapshot).length
    })
    expect(Math.max(...sizes)).toBeLessThan(24_000)
  })

  test('a flow that goes round without the customer is refused as stuck', () => {
    const flow = draw({ start: ['start'], one: ['say', { text: '1' }], two: ['say', { text: '2' }] }, [
      'start.next > one',
      'one.next > two',
      'two.next > one',
    ])
    expect(() => start(flow, { id: 'c' }, 0)).toThrow(Refusal)
  })

  test('facts that are missing are asked for, and change what is said', () => {
    const told = new Told(support())
    told.customer('a person please')
    expect(told.last.wants).toEqual(['queue:billing'])
    const again = new Told(support())
    again.send({
      type: 'customer.message',
      text: 'a person please',
      facts: { queues: { billing: { position: 3, eta: 360_000, within: null, online: 2, waiting: 2 } } },
    })
    expect(again.said).toEqual(['You are number 3, about 6 minutes.'])
    expect(again.last.wants).toEqual([])
  })
})

test('a flow document that was never parsed runs just as well', () => {
  const flow = support()
  const raw: unknown = JSON.parse(JSON.stringify(flow))
  expect(parseFlow(raw).ok).toBe(true)
})
