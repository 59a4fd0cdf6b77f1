/**
 * The world as it was: what a draft wants to know is looked up in the record, where the flow of that time asked the same.
 * Law: nothing is made up. Opening hours follow from a schedule that is known; all else is what was said nearest in time,
 * before it if it can be, and what nobody ever said stays unknown, for which every kind has its documented default.
 */
import type { AgentName, Facts, HoursFacts, ServerEvent } from '../conversation/events.ts'
import { addOpenMillis, isOpen, nextOpening, NOTICE, slots, type Schedule } from '../hours/index.ts'
import type { Effect } from '../step/effect.ts'
import type { Want } from '../step/result.ts'
import { outcomeOf } from '../simulate/world.ts'
import type { RecordedStep } from './record.ts'

/** Saved schedules by id, as they are now. */
export type Schedules = Readonly<Record<string, Schedule>>

type Outcome = Extract<ServerEvent, { readonly type: 'effect.done' }>
type Ask = Pick<Effect, 'type' | 'id'> & { readonly node: string }

export class PastWorld {
  readonly #steps: readonly RecordedStep[]
  readonly #schedules: Schedules
  #asked: ReadonlyMap<string, Ask> | undefined

  constructor(steps: readonly RecordedStep[], schedules: Schedules) {
    this.#steps = steps
    this.#schedules = schedules
  }

  /** The facts that were wanted, added to those known; the very same where nothing is known of them. */
  supply(wants: readonly Want[], known: Facts, now: number, step: number): Facts {
    return wants.reduce((facts, want) => {
      const found = this.#fact(want, facts, now, step)
      return found === undefined ? facts : { ...facts, ...found }
    }, known)
  }

  /** The kind and the node of the effect whose end the record tells. */
  askedBy(effect: string): Ask | undefined {
    this.#asked ??= new Map(
      this.#steps.flatMap(({ entries }) =>
        entries.flatMap((entry) =>
          entry.kind === 'effect' && 'node' in entry.effect ? [[entry.effect.id, entry.effect] as const] : [],
        ),
      ),
    )
    return this.#asked.get(effect)
  }

  /** How an effect of the draft ends: as the record says of its node, else well, as in a simulation. */
  outcome(effect: Effect): Outcome | undefined {
    const usual = outcomeOf(UNKNOWN, NOBODY, effect)?.event
    if (usual === undefined || !('node' in effect)) return undefined
    for (const { event } of this.#steps) {
      if (event.type !== 'effect.done') continue
      const asked = this.askedBy(event.effect)
      if (asked?.type === effect.type && asked.node === effect.node) {
        const { facts: _, ...recorded } = event
        return { ...recorded, effect: effect.id }
      }
    }
    return usual
  }

  #fact(want: Want, known: Facts, now: number, step: number): Facts | undefined {
    const id = want.slice(want.indexOf(':') + 1)
    if (want === 'last:')
      return found(
        this.#nearest(step, (facts) => facts.last),
        (last) => ({ last }),
      )
    if (want.startsWith('queue:'))
      return found(
        this.#nearest(step, (facts) => facts.queues?.[id]),
        (queue) => ({ queues: { ...known.queues, [id]: queue } }),
      )
    if (want.startsWith('hours:'))
      return found(this.#hours(id, now, step), (hours) => ({ hours: { ...known.hours, [id]: hours } }))
    if (want.startsWith('slots:'))
      return found(this.#slots(id, now, step), (times) => ({ slots: { ...known.slots, [id]: times } }))
    if (want.startsWith('booked:'))
      return found(
        this.#nearest(step, (facts) => facts.booked?.[id]),
        (times) => ({ booked: { ...known.booked, [id]: times } }),
      )
    if (want.startsWith('due:')) return found(this.#due(id), (due) => ({ due: { ...known.due, [id]: due } }))
    return found(this.#agent(id, step), (agent) => ({ agents: { ...known.agents, [id]: agent } }))
  }

  #hours(id: string, now: number, step: number): HoursFacts | undefined {
    const schedule = this.#schedules[id]
    if (schedule === undefined) return this.#nearest(step, (facts) => facts.hours?.[id])
    return { open: isOpen(schedule, now), opens: nextOpening(schedule, now), timezone: schedule.timezone }
  }

  #slots(query: string, now: number, step: number): readonly number[] | undefined {
    const [id = '', length = '', days = ''] = query.split(':')
    const schedule = this.#schedules[id]
    if (schedule === undefined) return this.#nearest(step, (facts) => facts.slots?.[query])
    return slots(schedule, now + NOTICE, { length: Number(length), days: Number(days) })
  }

  #due(query: string): number | null | undefined {
    const [id = '', from = '', length = ''] = query.split(':')
    const schedule = this.#schedules[id]
    return schedule === undefined ? undefined : addOpenMillis(schedule, Number(from), Number(length))
  }

  /** By the facts, or by an offer that named them. */
  #agent(id: string, step: number): AgentName | undefined {
    const known = this.#nearest(step, (facts) => facts.agents?.[id])
    if (known !== undefined) return known
    for (const { event } of this.#steps) if (event.type === 'offer.made' && event.agent.id === id) return event.agent
    return undefined
  }

  /** What was said of it last by this event of the record; else what was said of it first after it. */
  #nearest<Value>(step: number, read: (facts: Facts) => Value | undefined): Value | undefined {
    const at = (index: number): Value | undefined => {
      const facts = this.#steps[index]?.event.facts
      return facts && read(facts)
    }
    for (let index = Math.min(step, this.#steps.length - 1); index >= 0; index--) {
      const value = at(index)
      if (value !== undefined) return value
    }
    for (let index = step + 1; index < this.#steps.length; index++) {
      const value = at(index)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** A setting that says nothing of how calls end. */
const UNKNOWN = { id: '', at: 0, agents: [] } as const
const NOBODY = { online: [], askedAt: null } as const

function found<Value>(value: Value | undefined, facts: (value: Value) => Facts): Facts | undefined {
  return value === undefined ? undefined : facts(value)
}
