/**
 * One conversation in memory, under a clock that goes on only when told to.
 *
 * Law 1: a simulation never changes; whatever is done to it gives the next one. So any step can be gone back to, and on
 *   from there, as often as wanted.
 * Law 2: the same doings give the same steps: there is no clock and no chance in it.
 * Law 3: what an event brings about happens before the next one: effects end, offers are made, who is offline is gone.
 * Law 4: deadlines come in order, each at its own due time, never early.
 */
import { handoffPackage, type HandoffPackage } from '../conversation/handoff.ts'
import { view } from '../conversation/view.ts'
import { waitingOf } from '../conversation/waiting.ts'
import type { ConversationView } from '../conversation/advance.ts'
import { compiledFlow } from '../compile/compiled.ts'
import { didYouMean } from '../expression/nearest.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import { milliseconds } from '../flow/values.ts'
import type { Effect } from '../step/effect.ts'
import type { LogEntry, Message } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'
import type { Timer } from '../step/timer.ts'
import { begun, endOfEffect, happens, lastOf, MOST_BY_ITSELF, said, settled } from './course.ts'
import type { Course, Doing, SentEvent, SimulatedStep } from './course.ts'
import { triggerReadings, type TriggerReading } from './readings.ts'
import { queueFacts } from './facts.ts'
import { givenThen, type Given } from './given.ts'
import { settingOf, type Setting, type SimulationOptions, type Standing } from './setting.ts'
import { nextDue } from './world.ts'

/**
 * Begins a conversation in memory.
 * @param flow a flow, or a flow document as it was read from a file
 * @throws FlowFaults when the document is malformed, Refusal `stuck` when it goes round without the customer
 */
export function simulate(flow: object, options: SimulationOptions = {}): Simulation {
  const parsed = compiledFlow(flow).flow
  return new Simulation(begun(parsed, settingOf(parsed, options)))
}

export class Simulation implements Course {
  readonly flow: Flow
  readonly setting: Setting
  readonly steps: Course['steps']

  constructor({ flow, setting, steps }: Course) {
    this.flow = flow
    this.setting = setting
    this.steps = steps
  }

  /** @throws Refusal when the conversation does not take the event; this simulation is as it was. */
  send(event: SentEvent): Simulation {
    return new Simulation(settled(said(this, event, this.last.turn + 1)))
  }

  /**
   * What only the server may say, such as an offer that it makes.
   * @throws Refusal when the conversation does not take the event; this simulation is as it was.
   */
  tell(event: ConversationEvent): Simulation {
    return new Simulation(settled(happens(this, event, this.now, { turn: this.last.turn + 1, cause: 'caller' })))
  }

  /** From now on the world is so, in place of what the setting would bring about. */
  give(given: Given): Simulation {
    const standing = { ...this.standing, given: givenThen(this.standing.given, given) }
    return new Simulation(settled(noted(this, this.last.turn + 1, { type: 'given', given }, { standing })))
  }

  /**
   * An agent comes online or goes offline: is offered what waits, or loses what is held.
   * @throws RangeError when there is no such agent
   */
  presence(agent: string, online: boolean): Simulation {
    const known = this.setting.agents.map((each) => each.id)
    if (!known.includes(agent)) throw new RangeError(`There is no agent “${agent}” here; ${didYouMean(agent, known)}`)
    const others = this.standing.online.filter((each) => each !== agent)
    const standing = { ...this.standing, online: online ? [...others, agent] : others }
    const done = noted(this, this.last.turn + 1, { type: 'presence', agent, online }, { standing })
    return new Simulation(settled(done))
  }

  /** Lets time pass. @param duration such as `"5m"`, or milliseconds */
  skip(duration: string | number): Simulation {
    return this.skipTo(this.now + (typeof duration === 'string' ? milliseconds(duration) : duration))
  }

  /**
   * Lets time pass until `to`, epoch ms; what is due meanwhile comes at its time.
   * @throws RangeError for a time before now
   */
  skipTo(to: number): Simulation {
    if (!(to >= this.now)) throw new RangeError('A clock only goes forward; go back with at() or back().')
    const turn = this.last.turn + 1
    // Gone back to the middle of a doing, the rest of it happens before time passes.
    let course = settled(this)
    for (let count = 0; ; count++) {
      const { standing, snapshot, now } = lastOf(course)
      const ended = endOfEffect(course)
      const timed = nextDue(this.setting, standing, snapshot, to)
      const due = ended !== undefined && ended.at <= (timed?.at ?? to) ? ended : timed
      if (due === undefined) break
      if (count >= (this.setting.patience ?? MOST_BY_ITSELF))
        throw new RangeError('Too many deadlines come in this time; skip less at once.')
      course = settled(happens(course, due.event, Math.max(due.at, now), { turn, cause: 'world' }))
    }
    return new Simulation(noted(course, turn, { type: 'clock', to }, { now: to }))
  }

  /** The simulation as it was after step `index`, counted from 0; it goes on from there. */
  at(index: number): Simulation {
    const { flow, setting } = this
    const [first, ...rest] = this.steps
    const count = this.steps.length
    const isThere = Number.isInteger(index) && index >= 0 && index < count
    if (!isThere) throw new RangeError(`There is no step ${index}; there are ${count}, counted from 0.`)
    return new Simulation({ flow, setting, steps: [first, ...rest.slice(0, index)] })
  }

  /** The simulation as it was `doings` doings of the caller ago; the start when there were fewer. */
  back(doings: number): Simulation {
    const turn = Math.max(0, this.last.turn - doings)
    return this.at(this.steps.findLastIndex((each) => each.turn <= turn))
  }

  get last(): SimulatedStep {
    return lastOf(this)
  }

  get now(): number {
    return this.last.now
  }

  get snapshot(): Snapshot {
    return this.last.snapshot
  }

  get standing(): Standing {
    return this.last.standing
  }

  get timers(): readonly Timer[] {
    return this.snapshot.timers
  }

  get log(): readonly LogEntry[] {
    return this.steps.flatMap((each) => each.log)
  }

  get effects(): readonly Effect[] {
    return this.steps.flatMap((each) => each.effects)
  }

  /** What the customer and the others have said so far. */
  get transcript(): readonly Message[] {
    return this.log.flatMap((entry) => {
      if (entry.kind !== 'message') return []
      const { kind: _, ...message } = entry
      return [message]
    })
  }

  /** What was said to the customer in the caller's last doing. */
  get messages(): readonly Message[] {
    return this.steps.filter((each) => each.turn === this.last.turn).flatMap((each) => each.messages)
  }

  get view(): ConversationView {
    const team = waitingOf(this.snapshot)?.team
    const queues = team === undefined ? {} : { [team]: queueFacts(this.setting, this.standing, team) }
    return view(this.flow, this.snapshot, { queues })
  }

  get handoff(): HandoffPackage {
    const { transcript, setting } = this
    return handoffPackage(this.flow, this.snapshot, { transcript, earlier: setting.earlier ?? [] })
  }

  /** What each trigger sees of its signals now, and what it would need to fire. */
  get triggers(): readonly TriggerReading[] {
    return triggerReadings(this.flow, this.snapshot)
  }
}

/** A doing of the caller that is no event of the conversation. */
function noted(
  course: Course,
  turn: number,
  doing: Doing,
  change: Partial<Pick<SimulatedStep, 'now' | 'standing'>>,
): Course {
  const { now, snapshot, standing } = lastOf(course)
  const nothing = { log: [], effects: [], messages: [], ways: [] }
  const step: SimulatedStep = { turn, cause: 'caller', doing, now, snapshot, standing, ...nothing, ...change }
  return { flow: course.flow, setting: course.setting, steps: [...course.steps, step] }
}
