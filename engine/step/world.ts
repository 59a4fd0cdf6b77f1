import type {
  AgentName,
  ConversationEvent,
  Facts,
  HoursFacts,
  LastAgent,
  Nlu,
  QueueFacts,
} from '../conversation/events.ts'
import type { World } from '../kinds/moment.ts'
import { signalValues, type SignalStates } from '../signals/index.ts'
import type { Want } from './result.ts'
import type { Memory } from './snapshot.ts'

const none: readonly Want[] = []

/** The facts that came with an event, as the flow looks at them. What is missing is noted in `wants`. */
export class EventWorld implements World {
  readonly now: number
  readonly nlu: Nlu | undefined
  readonly memory: Memory
  readonly #facts: Facts | undefined
  readonly #states: SignalStates
  #signals: World['signals'] | undefined
  #wants: Set<Want> | undefined

  /** @param event undefined between two events */
  constructor(event: ConversationEvent | undefined, now: number, states: SignalStates, memory: Memory) {
    this.now = now
    this.memory = memory
    this.nlu = event?.type === 'customer.message' || event?.type === 'bot.message' ? event.nlu : undefined
    this.#facts = event?.facts
    this.#states = states
  }

  get signals(): World['signals'] {
    return (this.#signals ??= signalValues(this.#states))
  }

  get wants(): readonly Want[] {
    return this.#wants === undefined ? none : [...this.#wants]
  }

  queue(team: string): QueueFacts | undefined {
    return this.#find(this.#facts?.queues, team, `queue:${team}`)
  }
  hours(schedule: string): HoursFacts | undefined {
    return this.#find(this.#facts?.hours, schedule, `hours:${schedule}`)
  }
  slots(query: string): readonly number[] | undefined {
    return this.#find(this.#facts?.slots, query, `slots:${query}`)
  }
  booked(calendar: string): readonly number[] | undefined {
    return this.#find(this.#facts?.booked, calendar, `booked:${calendar}`)
  }
  agent(id: string): AgentName | undefined {
    return this.#find(this.#facts?.agents, id, `agent:${id}`)
  }
  due(query: string): number | null | undefined {
    return this.#find(this.#facts?.due, query, `due:${query}`)
  }

  last(): LastAgent | null | undefined {
    const known = this.#facts?.last
    return known === undefined ? this.#missing('last:') : known
  }

  #find<Value>(record: Readonly<Record<string, Value>> | undefined, key: string, want: Want): Value | undefined {
    return record !== undefined && Object.hasOwn(record, key) ? record[key] : this.#missing(want)
  }

  #missing(want: Want): undefined {
    this.#wants ??= new Set()
    this.#wants.add(want)
    return undefined
  }
}
