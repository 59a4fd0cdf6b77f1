/**
 * A day on the floor, event by event: customers arrive, wait, are given to agents by the very `match` that serves live
 * conversations, talk, and leave; agents come and go with their shifts. Time jumps from event to event, so a day takes
 * as long as its events, and the same scene always plays out the same way.
 *
 * Laws:
 *   1. Each arrival comes to one end: it is given to one agent, it leaves when its patience is over, or it still waits
 *      when nothing more is to come.
 *   2. Of what happens at one time, what was known first happens first, and who arrives then comes last.
 *   3. An agent whose shift is over finishes what is held and is given nothing new.
 *
 * In a plain scene, where all take the same room and nobody is kept for an agent, only what an event changed is matched
 * again: a new customer with all agents, an agent with new room with all who wait. That gives what a full match would,
 * since `match` leaves no fitting agent with room beside one who waits.
 */
import { match, type AvailableAgent, type TeamRules, type WaitingConversation } from '../match.ts'
import { createAgenda } from './agenda.ts'

/** Times are epoch milliseconds, lengths milliseconds. */
export interface Scene {
  /** In the order of `at`. Each conversation has an id of its own. */
  readonly arrivals: readonly Arrival[]
  /** Shifts of one agent do not overlap; capacity and skills are those of the agent's first shift. */
  readonly shifts: readonly Shift[]
  readonly rules: (team: string) => TeamRules
}

export interface Arrival {
  readonly conversation: WaitingConversation
  /** When it joins the queue. Its `since` may be earlier: who comes back keeps the place. */
  readonly at: number
  /** How long it waits before it leaves; null for as long as it takes. */
  readonly patience: number | null
  /** From an agent's accept to the end of the wrap-up. */
  readonly handle: number
  /** What it asks for later, each `after` so much waiting. */
  readonly relax: readonly Relaxed[]
}

export interface Relaxed {
  readonly after: number
  readonly change: Partial<Pick<WaitingConversation, 'teams' | 'skills' | 'dropped' | 'preferred'>>
}

export interface Shift {
  readonly agent: Omit<AvailableAgent, 'online' | 'load' | 'held' | 'idleSince'>
  readonly from: number
  readonly to: number
}

/** What became of an arrival so far. Exactly one of `given` and `left` is set once it no longer waits. */
export interface Course {
  readonly arrival: Arrival
  readonly given: { readonly agent: string; readonly at: number } | null
  readonly left: number | null
}

/** Who is there at a moment. */
export interface Floor {
  readonly waiting: ReadonlyMap<string, WaitingConversation>
  readonly agents: readonly AvailableAgent[]
}

/** Told while it happens. */
export interface Watcher {
  /** A customer is about to join: `floor` is as it is without it. */
  readonly joins?: (arrival: Arrival, floor: Floor) => void
  readonly given?: (course: Course, at: number) => void
  readonly left?: (course: Course, at: number) => void
  /** A conversation has ended, wrap-up and all. */
  readonly ended?: (course: Course, at: number) => void
}

export interface Play {
  /** Lets so many events happen; false when nothing is to come. In slices, others get their turn in between. */
  readonly advance: (events: number) => boolean
  /** In the order of the arrivals, for those who have arrived. */
  readonly courses: readonly Course[]
  readonly floor: Floor
}

export function play(scene: Scene, watcher: Watcher = {}): Play {
  const stage: Stage = {
    scene,
    watcher,
    agenda: createAgenda(),
    waiting: new Map(),
    agents: new Map(),
    roster: [],
    courses: [],
    running: new Map(),
    plain: isPlain(scene),
  }
  for (const shift of scene.shifts) {
    const agent = employ(stage, shift)
    stage.agenda.add(shift.from, { what: 'comes', agent })
    stage.agenda.add(shift.to, { what: 'goes', agent })
  }
  let arrived = 0
  return {
    advance(events) {
      for (let done = 0; done < events; done++) {
        const arrival = scene.arrivals[arrived]
        const due = stage.agenda.due()
        if (arrival !== undefined && (due === undefined || arrival.at < due)) {
          arrived++
          join(stage, arrival)
          continue
        }
        const next = stage.agenda.take()
        if (next === undefined) return false
        happen(stage, next.item, next.at)
      }
      return arrived < scene.arrivals.length || stage.agenda.due() !== undefined
    },
    courses: stage.courses,
    floor: { waiting: stage.waiting, agents: stage.roster },
  }
}

/** The whole of it at once. */
export function playOut(scene: Scene, watcher: Watcher = {}): readonly Course[] {
  const { advance, courses } = play(scene, watcher)
  advance(Infinity)
  return courses
}

interface Stage {
  readonly scene: Scene
  readonly watcher: Watcher
  readonly agenda: ReturnType<typeof createAgenda<Happening>>
  readonly waiting: Map<string, WaitingConversation>
  readonly agents: Map<string, Working>
  readonly roster: Working[]
  readonly courses: Running[]
  /** Those who wait, by conversation. */
  readonly running: Map<string, Running>
  readonly plain: boolean
}

type Working = { -readonly [Key in keyof AvailableAgent]: AvailableAgent[Key] }
type Running = { -readonly [Key in keyof Course]: Course[Key] }

type Happening =
  | { readonly what: 'comes' | 'goes'; readonly agent: Working }
  | { readonly what: 'ends'; readonly agent: Working; readonly course: Running }
  | { readonly what: 'loses patience'; readonly course: Running }
  | { readonly what: 'relaxes'; readonly course: Running; readonly change: Relaxed['change'] }
  | { readonly what: 'looks again' }

function isPlain({ arrivals }: Scene): boolean {
  const weight = arrivals[0]?.conversation.weight
  return arrivals.every(
    ({ conversation, relax }) =>
      conversation.weight === weight &&
      conversation.preferred === null &&
      relax.every(({ change }) => (change.preferred ?? null) === null),
  )
}

function employ(stage: Stage, { agent }: Shift): Working {
  const known = stage.agents.get(agent.id)
  if (known !== undefined) return known
  const working: Working = { ...agent, online: false, load: 0, held: 0, idleSince: 0 }
  stage.agents.set(agent.id, working)
  stage.roster.push(working)
  return working
}

function join(stage: Stage, arrival: Arrival): void {
  const { conversation, at, patience, relax } = arrival
  stage.watcher.joins?.(arrival, { waiting: stage.waiting, agents: stage.roster })
  const course: Running = { arrival, given: null, left: null }
  stage.courses.push(course)
  stage.waiting.set(conversation.id, conversation)
  stage.running.set(conversation.id, course)
  give(stage, at, { customer: conversation })
  if (!stage.waiting.has(conversation.id)) return
  if (patience !== null) stage.agenda.add(at + patience, { what: 'loses patience', course })
  for (const { after, change } of relax) stage.agenda.add(at + after, { what: 'relaxes', course, change })
  lookAgainFor(stage, conversation, at)
}

function happen(stage: Stage, happening: Happening, at: number): void {
  switch (happening.what) {
    case 'comes':
      happening.agent.online = true
      return give(stage, at, { agent: happening.agent })
    case 'goes':
      happening.agent.online = false
      // Who was kept for them may be given to others.
      return give(stage, at)
    case 'ends': {
      const { agent, course } = happening
      agent.load -= course.arrival.conversation.weight
      agent.held -= 1
      agent.idleSince = at
      stage.watcher.ended?.(course, at)
      return give(stage, at, { agent })
    }
    case 'loses patience':
      return leave(stage, happening.course, at)
    case 'relaxes':
      return relax(stage, happening.course, happening.change, at)
    case 'looks again':
      return give(stage, at)
    default:
      happening satisfies never
  }
}

function leave(stage: Stage, course: Running, at: number): void {
  const { id } = course.arrival.conversation
  if (!stage.waiting.delete(id)) return
  stage.running.delete(id)
  course.left = at
  stage.watcher.left?.(course, at)
  // Room that was kept for it is free for others.
  if (!stage.plain) give(stage, at)
}

function relax(stage: Stage, course: Running, change: Relaxed['change'], at: number): void {
  const before = stage.waiting.get(course.arrival.conversation.id)
  if (before === undefined) return
  const after = { ...before, ...change }
  stage.waiting.set(after.id, after)
  give(stage, at, { customer: after })
  lookAgainFor(stage, after, at)
}

/** Who is held for an agent may be given to others from then on. */
function lookAgainFor(stage: Stage, { preferred }: WaitingConversation, at: number): void {
  const until = preferred?.until ?? at
  if (until > at) stage.agenda.add(until, { what: 'looks again' })
}

/** `changed`: what the event changed; without it, or where the scene is not plain, everything is matched. */
function give(stage: Stage, at: number, changed: { customer?: WaitingConversation; agent?: Working } = {}): void {
  const { customer, agent: person } = stage.plain ? changed : {}
  const waiting = customer === undefined ? [...stage.waiting.values()] : [customer]
  const agents = ableFor(waiting, person === undefined ? stage.roster : [person])
  for (const { conversation, agent } of match(waiting, agents, { now: at, rules: stage.scene.rules })) {
    const working = stage.agents.get(agent.id)
    const course = stage.running.get(conversation)
    if (working === undefined || course === undefined) continue
    stage.waiting.delete(conversation)
    stage.running.delete(conversation)
    working.load += course.arrival.conversation.weight
    working.held += 1
    course.given = { agent: agent.id, at }
    stage.agenda.add(at + course.arrival.handle, { what: 'ends', agent: working, course })
    stage.watcher.given?.(course, at)
  }
}

/** Those who could take one of them, or for whom one may be held: nobody else changes what a match gives. */
function ableFor(waiting: readonly WaitingConversation[], agents: readonly Working[]): readonly Working[] {
  let least = Infinity
  const wanted = new Set<string>()
  for (const { weight, preferred } of waiting) {
    if (weight < least) least = weight
    if (preferred !== null) wanted.add(preferred.agent)
  }
  return agents.filter(
    ({ id, online, load, capacity }) => online && (load + least <= capacity + ROUNDING || wanted.has(id)),
  )
}

/** Weights are fractions, and their sums miss by less than this. */
const ROUNDING = 1e-9
