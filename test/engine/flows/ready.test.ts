/**
 * The flows that come with Baton. Laws, for each of them:
 *
 *   1. It is well-formed and the check has nothing to say.
 *   2. Its scenarios hold, and together they meet every node where a conversation can rest, and every trigger.
 *   3. A wish for a person is honoured at once while people are there; where people keep hours (the six industries), it
 *      is answered outside them with an exact time.
 *   4. Whoever is made to wait is told for how long, or by when the answer comes.
 *   5. Nothing that is known is asked, where it would do as an answer.
 *   6. No secret is ever asked for.
 */
import { describe, expect, it } from 'vitest'
import { check, compiledFlow, phases, type Flow, type KindName, type NodeOfKind } from '#engine/index.ts'
import { localToInstant } from '#engine/hours/index.ts'
import { runScenario } from '#engine/simulate/run.ts'
import type { Scenario } from '#engine/simulate/scenario.ts'
import { standIns } from '#engine/simulate/setting.ts'
import { simulate, type Simulation } from '#engine/simulate/simulation.ts'
import { en } from '#engine/words/en.ts'
import { hello, meetingPlaces, phaseOf, play, ready, visited } from './library.ts'

const PERSON_PLEASE = { type: 'customer.message', text: 'Can I talk to a person?' } as const
const SUNDAY_NIGHT = '2026-03-08T03:30'
/** A time in words, or the name that becomes one. */
const SAYS_WHEN = /\{\{ hours\.opens \}\}|within (\d+|one|an?) (working )?(minutes?|hours?|days?)/
const EXACT_OPENING = /(today|tomorrow|on [A-Z]\w+) at \d{1,2}:\d{2}, [A-Z][\w ]+ time/
/** Not said where it would be the same time again. */
const WITHIN = '{% if queue.within != queue.eta %}, within {{ queue.within }}{% endif %}'
const SECRET = /\b(PIN|password|passcode|one-time code|security code|card number|CVV)\b/i

describe.each([...ready, hello])('$id', ({ id, flow, scenarios }) => {
  it('1. is well-formed, named as its file, and the check has nothing to say', () => {
    expect(flow.id).toBe(id)
    expect(check(flow)).toEqual([])
  })

  it('says in one sentence what it does, and is drawn with no node on another', () => {
    expect(flow.description).toMatch(/^\p{Lu}[^.]+\.$/u)
    expect(flow.nodes.every(({ position }) => Number.isInteger(position.x) && Number.isInteger(position.y))).toBe(true)
    expect(new Set(flow.nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(flow.nodes.length)
  })

  describe('2. its scenarios hold', () => {
    it.each(scenarios.map((scenario) => ({ name: scenario.name, scenario })))('$name', ({ scenario }) => {
      expect(failuresOf(flow, scenario)).toEqual([])
    })
  })

  it('2. its scenarios meet every node where a conversation can rest, every trigger, and all six phases', () => {
    const seen = new Set(scenarios.flatMap((scenario) => [...visited(play(flow, scenario))]))
    const seenPhases = new Set([...seen].map((node) => phaseOf(flow, node)))
    expect(meetingPlaces(flow).filter((node) => !seen.has(node))).toEqual([])
    expect(phases.filter((phase) => !seenPhases.has(phase))).toEqual([])
  })

  it('3. a wish for a person leads to one at once', () => {
    const asked = simulate(flow, { agents: standIns(flow) }).send(PERSON_PLEASE)
    expect(asked.snapshot.phase).toBe('queued')
    expect(asked.handoff.reason.sentence).toMatch(/asked for a person/)
    expect(asked.messages.at(-1)?.text).toMatch(/about .+won’t need to repeat/s)
  })

  it('3. nobody who asks for a person has to climb a ladder first', () => {
    const asking = ofKind(flow, 'trigger')
      .filter(({ data }) => data.signals.some((each) => each.signal === 'explicitRequest'))
      .map((node) => node.id)
    const ladders = ofKind(flow, 'ladder').map((node) => node.id)
    expect(asking).toHaveLength(1)
    expect(flow.edges.filter((edge) => asking.includes(edge.source) && ladders.includes(edge.target))).toEqual([])
  })

  it('4. every queue tells the time on joining and meanwhile, ends, and leads on when nobody is there', () => {
    for (const { id: queue, data } of ofKind(flow, 'queue')) {
      expect(data.text, queue).toContain(`about {{ queue.eta }}${WITHIN}`)
      expect(data.updateText, queue).toContain('about {{ queue.eta }}')
      expect(outletsDrawn(flow, queue), queue).toEqual(expect.arrayContaining(['timeout', 'empty']))
    }
  })

  it('4. nobody is told the same time twice', () => {
    const told = (eta: number, within: number): string => {
      const queues = Object.fromEntries(
        ofKind(flow, 'queue').map(({ data }) => [data.team, { position: 1, eta, within, online: 1, waiting: 0 }]),
      )
      const simulation = simulate(flow, { agents: standIns(flow), given: { queues } })
      return simulation.send(PERSON_PLEASE).messages.at(-1)?.text ?? ''
    }
    expect(told(20_000, 50_000)).toMatch(/about 1 minute[.,](?! within)/)
    expect(told(20_000, 130_000)).toContain('about 1 minute, within 3 minutes')
  })

  it('4. every ticket says by when the answer comes', () => {
    for (const { id: ticket, data } of ofKind(flow, 'ticket')) expect(data.text, ticket).toMatch(SAYS_WHEN)
  })

  it('5. what is known is not asked, whatever is known', () => {
    const variables = Object.fromEntries(ofKind(flow, 'ask').map((node) => [node.data.variable, anAnswer(flow, node)]))
    const known = { customer: { name: 'Ann', email: 'ann@example.com', phone: '+442079460018' }, variables }
    for (const scenario of scenarios) {
      expect(askedAgain(flow, play(flow, scenario)), scenario.name).toEqual([])
      expect(askedAgain(flow, play(flow, scenario, known)), `${scenario.name}, everything known`).toEqual([])
    }
  })

  it('6. asks for no secret', () => {
    const questions = ofKind(flow, 'ask').flatMap(({ data }) => [data.text, data.retryText ?? ''])
    expect(questions.filter((each) => SECRET.test(each))).toEqual([])
  })
})

it.each(ready)('3. $id: a wish for a person in the night to Sunday is answered with the next opening', ({ flow }) => {
  const asked = simulate(flow, { at: localToInstant(flow.timezone, SUNDAY_NIGHT) }).send(PERSON_PLEASE)
  expect(asked.messages.map((each) => each.text).join(' ')).toMatch(EXACT_OPENING)
})

it('3. hello: a wish for a person is honoured also in the night to Sunday', () => {
  const at = localToInstant(hello.flow.timezone, SUNDAY_NIGHT)
  const asked = simulate(hello.flow, { at, agents: standIns(hello.flow) }).send(PERSON_PLEASE)
  expect(asked.snapshot.state).toBe('queued.line')
})

describe('what an industry owes its customers', () => {
  it('an emergency hears the emergency number first, at any hour, and then a nurse comes before everybody', () => {
    const flow = flowOf('healthcare')
    const night = simulate(flow, { at: localToInstant(flow.timezone, SUNDAY_NIGHT), agents: standIns(flow) })
    const asked = night.send({ type: 'customer.message', text: 'I think I have a heart attack, I need a person' })
    expect(asked.messages[0]?.text).toMatch(/^Please call 911 now/)
    expect(asked.view.queue).toMatchObject({ team: 'nurses', priority: 100 })
  })

  it.each([
    { amount: 1000, limit: undefined, approval: false },
    { amount: 1001, limit: undefined, approval: true },
    { amount: 300, limit: 200, approval: true },
    { amount: 3000, limit: 5000, approval: false },
  ])('a payment of $amount with the limit $limit needs a person: $approval', ({ amount, limit, approval }) => {
    const flow = flowOf('banking')
    const done = simulate(flow, { agents: standIns(flow), customer: limit === undefined ? {} : { limit } })
      .send({ type: 'bot.intent', intent: 'payment' })
      .send({ type: 'customer.message', text: `${amount}` })
      .send({ type: 'customer.message', text: 'Mary' })
    expect(done.snapshot.state).toBe(approval ? 'queued.authorise' : 'bot.assistant')
  })

  it('a VIP waits before others', () => {
    const flow = flowOf('ecommerce')
    const priorityOf = (customer: Readonly<Record<string, string>>): number | undefined =>
      simulate(flow, { agents: standIns(flow), customer }).send(PERSON_PLEASE).view.queue?.priority
    expect(priorityOf({ tier: 'vip' })).toBeGreaterThan(priorityOf({}) ?? Infinity)
  })
})

function flowOf(id: string): Flow {
  const found = ready.find((each) => each.id === id)
  if (!found) throw new Error(`There is no flow “${id}”.`)
  return found.flow
}

function failuresOf(flow: Flow, scenario: Scenario): readonly string[] {
  return runScenario(flow, scenario).failures.map(
    ({ step, message }) => `step ${step} ${JSON.stringify(scenario.steps[step] ?? null)}: ${message}`,
  )
}

function ofKind<Name extends KindName>(flow: Flow, type: Name): readonly NodeOfKind<Name>[] {
  return flow.nodes.filter((node): node is NodeOfKind<Name> => node.type === type)
}

function outletsDrawn(flow: Flow, node: string): readonly string[] {
  return flow.edges.filter((edge) => edge.source === node).map((edge) => edge.sourceHandle)
}

/** The first that the question itself would accept. */
function anAnswer(flow: Flow, { id, data }: NodeOfKind<'ask'>): string | number | boolean {
  const check = compiledFlow(flow).expressions.conditions.get(`${id}/check`)
  const found = answersTo(data).find((value) => check === undefined || check.evaluate({ value }).value === true)
  if (found === undefined) throw new Error(`“${id}” accepts none of these.`)
  return found
}

function answersTo({ as, choices }: NodeOfKind<'ask'>['data']): readonly (string | number | boolean)[] {
  switch (as) {
    case 'number':
      return [20417, 7]
    case 'yesno':
      return [false]
    case 'choice':
      return [choices?.[0]?.id ?? '']
    case 'phone':
      return ['+442079460018']
    case 'email':
      return ['ann@example.com']
    case 'date':
      return ['2026-03-02']
    case 'text':
      return ['known', 'K7QX2M']
    default:
      return as satisfies never
  }
}

/** Questions of the flow and of its tickets that were put although their answer was known at that moment. */
function askedAgain(flow: Flow, { steps }: Simulation): readonly string[] {
  const asks = new Map(ofKind(flow, 'ask').map((node) => [node.id, node.data.variable]))
  return steps.flatMap(
    ({
      messages,
      snapshot: {
        machine: { context },
      },
    }) =>
      messages.flatMap(({ text, input }) => {
        const variable = text === en.askName ? 'name' : text === en.askEmail ? 'email' : asks.get(input?.node ?? '')
        if (variable === undefined) return []
        const known = [context.vars[variable], context.customer[variable]].some((each) => each != null && each !== '')
        return known ? [`“${text}” although ${variable} is known`] : []
      }),
  )
}
