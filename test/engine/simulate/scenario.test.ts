import { describe, expect, test } from 'vitest'
import {
  optionsOf,
  parseScenarios,
  recordScenario,
  runScenario,
  simulate,
  type Scenario,
} from '#engine/simulate/index.ts'
import { calling, flow, people } from './desk.ts'

const agents = [
  { id: 'sarah', name: 'Sarah', teams: ['billing'] },
  { id: 'tom', teams: ['vip'], online: false },
]

function read(scenario: object): Scenario {
  const parsed = parseScenarios({ flow: 'test', scenarios: [{ name: 'it', ...scenario }] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  const [first] = parsed.file.scenarios
  if (first === undefined) throw new Error('The file holds no scenario.')
  return first
}

function faultsOf(scenario: object): readonly string[] {
  const parsed = parseScenarios({ flow: 'test', scenarios: [{ name: 'it', ...scenario }] })
  return parsed.ok
    ? []
    : parsed.faults.map(({ pointer, message }) => `${pointer.replace('/scenarios/0', '')}: ${message}`)
}

const run = (steps: readonly object[], rest: object = {}, on = flow) =>
  runScenario(on, read({ agents, steps, ...rest }))

describe('A scenario', () => {
  test('plays a whole handoff, by everything that can be said', () => {
    const { passed, failures } = run(
      [
        {
          expect: {
            state: 'bot.chat',
            phase: 'bot',
            owner: 'bot',
            said: 'Hello',
            mayReply: true,
            timers: ['chat.idle'],
          },
        },
        { customer: 'My bill is wrong', nlu: { intent: 'billing', confidence: 0.9 } },
        { expect: { timers: ['chat.silent'], notSaid: 'Hello' } },
        { bot: 'Which one?', suggestedResolution: 'refund it' },
        { bot: { intent: 'refund' } },
        { expect: { state: 'bot.order', said: ['Which one?', '/^which order\\?$/i'] } },
        { customer: 'A-17' },
        { expect: { state: 'bot.chat', variables: { orderNumber: 'A-17' } } },
        { bot: { escalate: 'over my limit', summary: 'wants a refund' } },
        {
          expect: {
            state: 'queued.billing',
            owner: 'queue',
            mayReply: false,
            reason: 'over my limit',
            said: 'number 2, about 6 minutes',
          },
        },
        { bot: 'One more thing' },
        { expect: { refused: 'not-owner' } },
        { agent: { declines: 'sarah' } },
        { agent: { goesOnline: 'tom' } },
        { clock: '30s' },
        { agent: { accepts: 'sarah' } },
        { expect: { owner: 'agent:sarah' } },
        { event: { type: 'agent.message', text: 'Hello' }, by: 'tom' },
        { expect: { refused: 'not-owner' } },
        { agent: { says: 'Hello Ann.' } },
        { agent: { notes: 'a friendly one' } },
        { agent: { transfersTo: { team: 'vip', note: 'please' } } },
        { agent: { accepts: 'tom' } },
        { agent: { goesOffline: 'tom' } },
        { expect: { state: 'queued.billing', said: 'Sorry' } },
        { agent: { goesOnline: 'tom' } },
        { agent: { accepts: 'tom' } },
        { agent: { handsBack: 'money is on its way' } },
        { expect: { state: 'bot.chat', said: 'back with the assistant' } },
        { customer: 'a human again please' },
        { agent: { accepts: 'sarah' } },
        { agent: { resolves: 'paid back' } },
        { customer: { scores: 5, comment: 'quick' } },
        { expect: { closed: 'resolved', phase: 'closed' } },
        { customer: 'thanks' },
        { expect: { refused: 'closed' } },
      ],
      { customer: { name: 'Ann' }, queues: { billing: { position: 2, eta: '6m' } } },
    )
    expect(failures).toEqual([])
    expect(passed).toBe(true)
  })

  test('lets time pass by a length and to a moment', () => {
    expect(run([{ clock: '1h' }, { clock: '2026-03-03T09:30:00Z' }, { expect: { phase: 'closed' } }]).failures).toEqual(
      [],
    )
  })

  test('begins at the time it says, with what is known', () => {
    const scenario = read({
      at: '2026-05-01T22:00:00+02:00',
      language: 'de',
      channel: 'sms',
      page: '/help',
      variables: { orderNumber: 'A-1' },
      steps: [{ clock: '1s' }],
    })
    const { snapshot, now } = simulate(flow, optionsOf(scenario))
    expect(now).toBe(Date.parse('2026-05-01T20:00:00Z'))
    expect(snapshot.machine.context).toMatchObject({
      vars: { orderNumber: 'A-1' },
      about: { language: 'de', channel: 'sms', page: '/help' },
    })
  })

  test('answers calls as it lays down', () => {
    expect(
      run([{ expect: { said: 'It is lost.' } }], { calls: { look: { body: { state: 'lost' } } } }, calling).failures,
    ).toEqual([])
    expect(
      run([{ expect: { said: 'I cannot see it.' } }], { calls: { look: { ok: false } } }, calling).failures,
    ).toEqual([])
  })
})

describe('A scenario that is not as expected', () => {
  test('says what was expected and what came, for every difference of a step', () => {
    const { passed, failures } = run([
      { customer: 'a human please' },
      {
        expect: {
          state: 'bot.chat',
          said: ['number 9'],
          timers: ['billing.no'],
          variables: { x: 1 },
          reason: 'loop',
          closed: 'done',
        },
      },
    ])
    expect(passed).toBe(false)
    expect(failures.map((each) => `${each.step} ${each.message}`)).toEqual([
      '1 expected state "bot.chat"; it is "queued.billing"',
      '1 expected closed "done"; it is null',
      '1 expected the customer to be told “number 9”; it was told “Hello there, ask away.”, “You are number 1, about a few minutes.”',
      '1 expected variables.x 1; it is null',
      '1 expected the timer “billing.no” to run; these do: billing.update, billing.maxWait',
      '1 expected the handoff’s reason to hold “loop”; it is “asked for a person: “a human please””',
    ])
  })

  test('fails where a step is refused and nobody expected it, with the reason and the cure', () => {
    const { failures, trace } = run([{ agent: { says: 'Hi' } }, { expect: { phase: 'bot' } }])
    expect(failures).toEqual([
      expect.objectContaining({
        step: 0,
        what: 'refused',
        actual: 'not-owner',
        message: expect.stringContaining('an agent must accept it first'),
      }),
    ])
    expect(trace.at(-1)?.refused?.code).toBe('not-owner')
  })

  test('fails where a refusal was expected and did not come', () => {
    expect(run([{ customer: 'hi' }, { expect: { refused: 'closed' } }]).failures.map((each) => each.message)).toEqual([
      'expected refused "closed"; it is null',
    ])
  })

  test('looks only at what was said since the last expectation', () => {
    expect(
      run([{ expect: { said: 'Hello' } }, { expect: { said: 'Hello' } }]).failures.map((each) => each.message),
    ).toEqual(['expected the customer to be told “Hello”; nothing was said'])
    expect(run([{ expect: { notSaid: 'Hello' } }]).failures).toHaveLength(1)
  })

  test('ends at the first step that fails, and its trace tells how it came to that', () => {
    const { failures, trace } = run([{ customer: 'hi' }, { expect: { phase: 'closed' } }, { agent: { says: 'x' } }])
    expect(failures.map((each) => each.step)).toEqual([1])
    expect(trace.map((each) => [each.step, each.state])).toEqual([
      [-1, 'bot.chat'],
      [0, 'bot.chat'],
    ])
  })

  test('is told when it answers for a node that is not there', () => {
    expect(run([{ clock: '1s' }], { calls: { lok: {} } }, calling).failures.map((each) => each.message)).toEqual([
      '“calls” answers for “lok”, which is no node of the flow; did you mean “look”?',
    ])
  })

  test('is told when its clock goes back', () => {
    expect(run([{ clock: '2020-01-01T00:00:00Z' }]).failures.map((each) => each.message)).toEqual([
      expect.stringContaining('A clock only goes forward'),
    ])
  })
})

describe('A scenario that cannot be read', () => {
  test('names every fault at once, each with its place and cure', () => {
    expect(
      faultsOf({
        agnts: [],
        agents: [
          { id: 'sarah', teams: ['billing'] },
          { id: 'sarah', teams: [] },
        ],
        steps: [
          { custmer: 'x' },
          { customer: { leves: true } },
          { bot: 'x', fallbak: true },
          { agent: { accepts: 'sara' } },
          { expect: {} },
          { expect: { refused: 'closed', phase: 'bt' } },
          { clock: '5x' },
          { event: { type: 'bot.dne' } },
          { customer: 'x', bot: 'y' },
          { expect: { said: '/[/' } },
          7,
          {},
          { agent: { transfersTo: {} } },
          { event: { type: 'timer', id: 'x', gen: 1 } },
        ],
      }).toSorted(),
    ).toEqual(
      [
        ': “agnts” is not known here; take it out or correct the spelling',
        '/agents/1/id: “sarah” is used twice; give each agent an id of their own',
        '/agents/1/teams: “teams” must name a team',
        '/steps/0: “steps” knows no “custmer”; did you mean “customer”?',
        '/steps/10: “steps” must be an object with one of customer, bot, agent, server, given, clock, event, expect',
        '/steps/11: “steps” must hold one of customer, bot, agent, server, given, clock, event, expect',
        '/steps/12/agent/transfersTo: “transfersTo” must hold one of team, agent',
        '/steps/13/event: “event” has a type “timer” that is no event from outside; known are customer.message, customer.left, customer.returned, bot.message, bot.intent, bot.done, bot.failed, bot.escalate, agent.accept, agent.decline, agent.message, agent.note, …',
        '/steps/1/customer: “customer” knows no “leves”; did you mean “leaves”?',
        '/steps/2: “fallbak” is not known here; take it out or correct the spelling',
        '/steps/3/agent/accepts: “sara” is not among the scenario’s agents; did you mean “sarah”?',
        '/steps/4/expect: “expect” must expect something',
        '/steps/5/expect/phase: “phase” must be “bot” or “escalation” or “queued” or “agentActive” or “handback” or “closed”',
        '/steps/5/expect/refused: “refused” speaks of the step just before it; put it right after the step that is to be refused',
        '/steps/6/clock: “clock” must be a duration such as "5m", or a time such as "2026-03-02T10:00:00Z"',
        '/steps/7/event: “event” has a type “bot.dne” that is no event from outside; did you mean “bot.done”?',
        '/steps/8: “steps” says “customer” and “bot” at once; make two of it',
        '/steps/9/expect/said: “said” is not a regular expression that RE2 knows (it has no look-around); correct it, or take the slashes away',
      ].toSorted(),
    )
  })

  test('cannot stall a run by its patterns', () => {
    const slow = { customer: 'a human please' }
    expect(run([slow, { expect: { notSaid: '/^(\\w+\\s?)+(\\w+\\s?)+(\\w+\\s?)+#$/i' } }]).passed).toBe(true)
  })

  test('must have a name of its own', () => {
    const parsed = parseScenarios({
      flow: 'test',
      scenarios: [
        { name: 'a', steps: [{ clock: '1s' }] },
        { name: 'a', steps: [{ clock: '1s' }] },
      ],
    })
    expect(parsed.ok ? [] : parsed.faults).toEqual([
      { pointer: '/scenarios/1/name', node: null, message: '“a” is used twice; give each scenario its own name' },
    ])
  })

  test.each([null, 7, 'x', [], {}, { flow: 'test', scenarios: [null, 7, { steps: [{ agent: null, expect: 1 }] }] }])(
    'is a fault and no crash: %j',
    (input) => {
      expect(parseScenarios(input).ok).toBe(false)
    },
  )
})

describe('A run that is saved', () => {
  test('is what was done, in words, with what was said and reached', () => {
    const simulation = simulate(flow, { ...people, queues: { billing: { position: 2, eta: 90_000 } } })
      .send({ type: 'customer.message', text: 'a human please' })
      .skip('1m')
      .send({ type: 'agent.accept', agent: 'sarah' })
    expect(recordScenario(simulation, 'A person comes')).toEqual({
      name: 'A person comes',
      at: '2026-03-02T09:00:00.000Z',
      agents: people.agents,
      queues: { billing: { position: 2, eta: '90s' } },
      steps: [
        { expect: { state: 'bot.chat', owner: 'bot', said: ['Hello there, ask away.'] } },
        { customer: 'a human please' },
        { expect: { state: 'queued.billing', owner: 'queue', said: ['You are number 2, about 2 minutes.'] } },
        { clock: '1m' },
        { expect: { state: 'queued.billing', owner: 'queue', said: ['Still number 2.'] } },
        { agent: { accepts: 'sarah' } },
        {
          expect: {
            state: 'agentActive.person',
            owner: 'agent:sarah',
            said: ['Sarah has joined and can see everything you wrote.'],
          },
        },
      ],
    })
  })

  test('passes when it is played again, and no longer when the flow says something else', () => {
    const recorded = recordScenario(
      simulate(flow).send({ type: 'customer.message', text: 'a human please' }),
      'A place in line',
    )
    expect(runScenario(flow, recorded).passed).toBe(true)
    const other = {
      ...flow,
      nodes: flow.nodes.map((node) =>
        node.type === 'queue' ? { ...node, data: { ...node.data, text: 'Wait.' } } : node,
      ),
    }
    expect(runScenario(other, recorded).failures[0]?.message).toMatch(/expected the customer to be told/)
  })
})
