/** Conversations that were, for backtests: random doings in a flow with people, a world and a server that is late. */
import fc from 'fast-check'
import {
  parseFlow,
  Refusal,
  start,
  step,
  type ConversationEvent,
  type Facts,
  type Flow,
  type LogEntry,
  type Snapshot,
  type Stepped,
} from '#engine/index.ts'
import type { SentEvent, Simulation } from '#engine/simulate/index.ts'

export type Move = (simulation: Simulation) => Simulation

const said = (text: string, nlu: object = {}): SentEvent => ({
  type: 'customer.message',
  text,
  ...(Object.keys(nlu).length > 0 ? { nlu } : {}),
})

export const doings: readonly SentEvent[] = [
  said('where is my parcel'),
  said('where is my parcel, I ask again'),
  said('I want to talk to a person'),
  said('this is awful', { sentiment: -0.9 }),
  said('hm', { intent: 'other', confidence: 0.3 }),
  said('yes'),
  said('no'),
  said('4711'),
  said('ann@example.com'),
  said('1'),
  { type: 'customer.message', text: 'No', choice: 'no' },
  { type: 'customer.message', text: 'I still need help', choice: 'stillNeed' },
  { type: 'customer.left' },
  { type: 'customer.returned' },
  { type: 'bot.message', text: 'I do not know.', fallback: true },
  { type: 'bot.message', text: 'It is on its way.', nlu: { intent: 'parcel', confidence: 0.4 } },
  { type: 'bot.message', text: 'It is here.', nlu: { intent: 'parcel', confidence: 0.9 } },
  { type: 'bot.intent', intent: 'refund' },
  { type: 'bot.failed' },
  { type: 'bot.done' },
  { type: 'bot.escalate', reason: 'too hard', summary: 'wants money back' },
  { type: 'agent.accept', agent: 'sarah' },
  { type: 'agent.decline', agent: 'sarah' },
  { type: 'agent.message', text: 'Let me look.' },
  { type: 'agent.note', text: 'careful' },
  { type: 'agent.transfer', team: 'vip', note: 'yours' },
  { type: 'agent.transfer', agent: 'tom' },
  { type: 'agent.handback' },
  { type: 'agent.resolve', resolution: 'paid back' },
  { type: 'survey.answer', score: 4, comment: 'fine' },
]

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.constantFrom(...doings).map(
      (event): Move =>
        (simulation) =>
          simulation.send(event),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 400_000 }).map(
      (length): Move =>
        (simulation) =>
          simulation.skip(length),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ index: fc.nat(1), online: fc.boolean() }).map(({ index, online }): Move => (simulation) => {
      const agents = simulation.setting.agents
      const agent = agents[index % Math.max(1, agents.length)]
      return agent === undefined ? simulation : simulation.presence(agent.id, online)
    }),
  },
)
export const moves = fc.array(move, { maxLength: 30 })

/** Plays moves; one that is refused is left out. */
export function moved(from: Simulation, all: readonly Move[]): Simulation {
  return all.reduce((simulation, each) => {
    try {
      return each(simulation)
    } catch (error) {
      if (error instanceof Refusal) return simulation
      throw error
    }
  }, from)
}

/** The same flow, read anew as a server reads a draft. */
export function reread(flow: Flow, change: (document: Flow) => object = (document) => document): Flow {
  const parsed = parseFlow(JSON.parse(JSON.stringify(change(flow))))
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  return parsed.flow
}

/** The flow with other data in one node. */
export function withData(flow: Flow, id: string, data: object): Flow {
  return reread(flow, ({ nodes, ...rest }) => ({
    ...rest,
    nodes: nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, ...data } } : node)),
  }))
}

/** What happens next: somebody does something after so many ms, and a deadline comes as late as that. */
export interface Next {
  readonly event: ConversationEvent
  readonly after: number
  readonly late: number
}

export const happenings: fc.Arbitrary<readonly Next[]> = fc.array(
  fc.record({
    event: fc.constantFrom<ConversationEvent>(
      ...doings,
      { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: 2_000_000_000_000 },
      { type: 'offer.ended', agent: 'sarah', why: 'expired' },
    ),
    after: fc.integer({ min: 0, max: 200_000 }),
    late: fc.integer({ min: 0, max: 90_000 }),
  }),
  { maxLength: 25 },
)

const BEGUN = Date.UTC(2026, 2, 2, 9)
const facts: Facts = {
  agents: { sarah: { id: 'sarah', name: 'Sarah' }, tom: { id: 'tom', name: 'Tom' } },
  queues: {
    billing: { position: 2, eta: 240_000, within: 480_000, online: 1, waiting: 2 },
    vip: { position: 1, eta: null, within: null, online: 1, waiting: 0 },
  },
}

/** The log of a server whose deadlines come late, so that they are overtaken by what people do. */
export function lateLog(flow: Flow, all: readonly Next[]): readonly LogEntry[] {
  let stepped: Stepped = start(flow, { id: 'late' }, BEGUN, facts)
  const log = [...stepped.log]
  let now = BEGUN
  const happens = (event: ConversationEvent, at: number): void => {
    now = Math.max(now, at)
    try {
      stepped = step(flow, stepped.snapshot, { ...event, facts }, now)
      log.push(...stepped.log)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  for (const { event, after, late } of all) {
    const at = now + after
    for (;;) {
      const timer = earliest(stepped.snapshot)
      if (timer === undefined || timer.due + late > at) break
      happens({ type: 'timer', id: timer.id, gen: timer.gen }, timer.due + late)
    }
    happens(event, at)
  }
  return log
}

function earliest({ timers, closed }: Snapshot) {
  return closed ? undefined : [...timers].sort((one, other) => one.due - other.due)[0]
}
