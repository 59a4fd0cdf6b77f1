/**
 * A draft played over the record of a conversation. The customer, the bots, the agents and the world do what they did
 * when they did it; the draft does with it what it would have done.
 *
 * Law 1: as long as the draft stands where the flow of that time stood, and came there by the same event, it is in step:
 *   deadlines that it leaves as they were come when they came, and calls end when they ended.
 * Law 2: out of step its deadlines are its own: they come by its own clock, in order, between the events of the record.
 * Law 3: what the draft does not take is left out and counted. A promise is kept only where the draft has made one.
 * Law 4: while a person held the conversation nobody knows what the bot would have answered, so its silence counts for
 *   nothing.
 * Law 5: it ends where the record ends.
 */
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import type { ConversationEvent, Facts } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import { createAsking } from '../step/asking.ts'
import type { Effect } from '../step/effect.ts'
import { Refusal, type Stepped } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { startWith, step } from '../step/step.ts'
import { Trace } from './course.ts'
import { keptDeadlines } from './deadlines.ts'
import { PastWorld, type Schedules } from './past-world.ts'
import type { RecordedStep } from './record.ts'

export interface Played {
  readonly live: Trace
  readonly draft: Trace
  /** Events of the record that the draft did not take. */
  readonly refused: number
}

/** What may come by itself in one conversation; past this the draft goes round. */
const MOST_BY_ITSELF = 10_000

/**
 * @param steps the record, from its first event
 * @param flow the version that it ran on
 * @throws Refusal when it does not begin, or where the draft goes round without the customer
 */
export function play(
  steps: readonly RecordedStep[],
  flow: Flow,
  draft: Flow,
  options: { readonly schedules: Schedules; readonly detail: boolean },
): Played {
  if (steps.length === 0) throw unbegun()
  const playing = new Playing(steps, flow, draft, options)
  for (const [index, recorded] of steps.entries()) playing.go(recorded, index)
  return playing
}

class Playing implements Played {
  readonly live: Trace
  readonly draft: Trace
  refused = 0
  readonly #flow: Flow
  readonly #compiled: Compiled
  readonly #kept: ReadonlySet<string>
  readonly #world: PastWorld
  /** Undefined until it has begun. */
  #snapshot: Snapshot | undefined
  /** The effect whose end the draft waits for. */
  #awaited: Effect | undefined
  /** Whether the draft has made a ticket or booked a call. */
  #hasPromised = false
  /** Deadlines of a silent bot until then (epoch ms) are not heard. */
  #deafUntil = -Infinity
  #byItself = 0
  #index = 0

  constructor(
    steps: readonly RecordedStep[],
    flow: Flow,
    draft: Flow,
    { schedules, detail }: { readonly schedules: Schedules; readonly detail: boolean },
  ) {
    this.live = new Trace(detail)
    this.draft = new Trace(detail)
    this.#flow = draft
    this.#compiled = compiledFlow(draft)
    this.#kept = keptDeadlines(flow, draft)
    this.#world = new PastWorld(steps, schedules)
  }

  /** One event of the record, and all that comes before it. */
  go({ event, at, entries }: RecordedStep, index: number): void {
    this.#index = index
    if (this.#snapshot === undefined) {
      this.live.add(entries, index)
      this.#begin(event, at)
    } else {
      this.#passTime(at)
      const wasInStep = this.#isInStep()
      this.live.add(entries, index)
      this.#happens(event, at, wasInStep)
    }
    this.#endEffects(at)
    if (!isWithBot(this.live.path)) this.#deafUntil = at
  }

  #begin(event: ConversationEvent, at: number): void {
    if (event.type !== 'conversation.started') throw unbegun()
    this.#keep(this.#withFacts(event, at, (known) => startWith(this.#flow, 0, known, at)))
  }

  #happens(event: ConversationEvent, at: number, wasInStep: boolean): void {
    switch (event.type) {
      case 'timer': {
        const timer = this.#now.timers.find((each) => each.id === event.id)
        if (wasInStep && this.#kept.has(event.id) && timer !== undefined && timer.due <= at)
          this.#take({ ...event, gen: timer.gen }, at)
        return
      }
      case 'effect.done': {
        const asked = this.#awaited === undefined ? undefined : this.#world.askedBy(event.effect)
        if (this.#awaited !== undefined && asked !== undefined && isSameAsk(this.#awaited, asked))
          this.#take({ ...event, effect: this.#awaited.id }, at)
        return
      }
      case 'promise.told':
      case 'promise.due':
        return this.#offer(event, at, this.#hasPromised)
      case 'conversation.migrated':
        return
      default:
        this.#offer(event, at, true)
    }
  }

  /** What is due by its own clock comes, each at its time. */
  #passTime(to: number): void {
    for (;;) {
      const timer = this.#nextOwn(to)
      if (timer === undefined) return
      if (++this.#byItself > MOST_BY_ITSELF)
        throw new Refusal(
          'stuck',
          `The draft goes round at “${this.#now.state}” until the conversation ends; put a longer wait into the circle.`,
        )
      const at = Math.max(timer.due, this.#now.at)
      this.#take({ type: 'timer', id: timer.id, gen: timer.gen }, at)
      this.#endEffects(at)
    }
  }

  #nextOwn(to: number): Snapshot['timers'][number] | undefined {
    const { timers, closed } = this.#now
    if (closed !== null || timers.length === 0) return undefined
    const isInStep = this.#isInStep()
    let next: Snapshot['timers'][number] | undefined
    for (const timer of timers) {
      if (timer.due > to || (next !== undefined && next.due <= timer.due)) continue
      if (isInStep && this.#kept.has(timer.id)) continue
      if (
        this.#compiled.timers.get(timer.id)?.botOwes === true &&
        (timer.due <= this.#deafUntil || !isWithBot(this.live.path))
      )
        continue
      next = timer
    }
    return next
  }

  /** Calls of the draft's own end at once. */
  #endEffects(at: number): void {
    while (this.#awaited !== undefined && !this.#isInStep()) {
      const outcome = this.#world.outcome(this.#awaited)
      this.#awaited = undefined
      if (outcome === undefined) return
      if (++this.#byItself > MOST_BY_ITSELF)
        throw new Refusal(
          'stuck',
          `The draft goes round at “${this.#now.state}”; put a question or a wait into the circle.`,
        )
      this.#take(outcome, at)
    }
  }

  #isInStep(): boolean {
    return this.live.path === this.draft.path && this.live.moved === this.draft.moved
  }

  /** What is not taken, or does not fit what the draft has done, is left out. */
  #offer(event: ConversationEvent, at: number, fits: boolean): void {
    if (!fits || !this.#take(event, at)) this.refused++
  }

  /** Whether the draft takes the event. @throws Refusal `stuck` */
  #take(event: ConversationEvent, at: number): boolean {
    const before = this.#now
    const now = Math.max(at, before.at)
    try {
      this.#keep(this.#withFacts(event, now, (known) => step(this.#flow, before, known, now)))
      return true
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'stuck') return false
      throw error
    }
  }

  /** Decides the event with what it brought, and again with what the draft asks for besides. */
  #withFacts<Each extends ConversationEvent>(event: Each, now: number, decide: (event: Each) => Stepped): Stepped {
    let stepped = decide(event)
    let facts: Facts = event.facts ?? NOTHING
    const asking = createAsking()
    while (asking.again(stepped.wants)) {
      const known = this.#world.supply(stepped.wants, facts, now, this.#index)
      if (known === facts) return stepped
      facts = known
      stepped = decide({ ...event, facts })
    }
    return stepped
  }

  #keep({ snapshot, log, effects }: Stepped): void {
    this.#snapshot = snapshot
    this.draft.add(log, this.#index)
    const { awaiting } = snapshot
    if (awaiting === null) {
      this.#awaited = undefined
      return
    }
    const asked = effects.find((each) => each.id === awaiting)
    if (asked === undefined) return
    this.#awaited = asked
    this.#hasPromised ||= asked.type === 'ticket' || asked.type === 'callback'
  }

  get #now(): Snapshot {
    if (this.#snapshot === undefined) throw new Error('Nothing happens before a conversation has begun.')
    return this.#snapshot
  }
}

const NOTHING: Facts = {}

function unbegun(): Refusal {
  return new Refusal('unknown-event', 'A log begins with “conversation.started”.')
}

function isSameAsk(one: Effect, other: { readonly type: string; readonly node: string }): boolean {
  return one.type === other.type && 'node' in one && one.node === other.node
}

/** Whether the bot is to answer here: the record holds its answers then. */
function isWithBot(path: string): boolean {
  return !(path.startsWith('queued.') || path.startsWith('agentActive.') || path.startsWith('closed.'))
}
