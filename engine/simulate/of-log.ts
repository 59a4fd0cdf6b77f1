/**
 * A conversation that really was, as a scenario. It is played again as it is taken down: each of its events happens in a
 * simulation, in the world that its facts tell of, so that what comes out is known to hold.
 *
 * Law 1: a scenario of a log passes on the flow that it was taken with.
 * Law 2: it stands after each event where the conversation stood; where it does not, that is said.
 * Law 3: nothing is left to the simulated desk: whom it asked is told (`"offers": "told"`).
 */
import type { AgentName, ConversationEvent, OutsideEvent } from '../conversation/events.ts'
import { isOutsideType } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import { Refusal, type Stepped } from '../step/result.ts'
import { replayed, type Happened, type Versions } from '../step/replay.ts'
import { startWith } from '../step/step.ts'
import { endOfEffect } from './course.ts'
import { durationText } from './duration.ts'
import { isEqual } from './expect.ts'
import { givenByFacts, givenThen, type Answer, type Given } from './given.ts'
import { disguise } from './privacy/disguise.ts'
import { recordScenario } from './record.ts'
import { MOST_STEPS, type Scenario } from './scenario.ts'
import type { SimulatedAgent, SimulationOptions } from './setting.ts'
import { simulate, type Simulation } from './simulation.ts'

export interface TakenLog {
  readonly flow: Flow
  readonly scenario: Scenario
  /** Where the scenario goes another way than the conversation did, as sentences; none: it is the same all along. */
  readonly notes: readonly string[]
}

export interface LogOptions {
  /** The promise that the scenario keeps, in the user's words. */
  readonly name: string
  /** The version that the conversation began on. */
  readonly version: number
  /** Keeps names, addresses and numbers; left out: they are replaced by stand-ins. */
  readonly asItIs?: boolean | undefined
}

/**
 * @param versions the versions of the flow that the log names, or the flow where it names one
 * @param log its events, the first of which begins it
 * @throws Refusal when the log is not of this flow
 */
export function scenarioOfLog(versions: Versions, log: readonly Happened[], options: LogOptions): TakenLog {
  const was = replayedAll(versions, options.version, log)
  const events =
    options.asItIs === true
      ? log
      : disguise(
          log,
          was.map(({ snapshot }) => snapshot),
        )
  const last = was.at(-1)?.snapshot.flow.version ?? options.version
  const flow = typeof versions === 'function' ? versions(last) : versions
  const pasts = pastsOf(events, was)
  // Whole seconds read better; where they change what happens, every millisecond counts.
  const rounded = played(flow, pasts, 1_000)
  const best = rounded.notes.length === 0 ? rounded : played(flow, pasts, 1)
  return bounded({ flow, scenario: recordScenario(best.simulation, options.name), notes: best.notes })
}

/** As much of it as a scenario may hold, up to something that it expects. */
function bounded(taken: TakenLog): TakenLog {
  const { steps } = taken.scenario
  if (steps.length <= MOST_STEPS) return taken
  const end = steps.slice(0, MOST_STEPS).findLastIndex((step) => 'expect' in step) + 1
  const note = `A scenario holds ${MOST_STEPS} steps; this one ends after ${end} of ${steps.length}.`
  return { ...taken, scenario: { ...taken.scenario, steps: steps.slice(0, end) }, notes: [...taken.notes, note] }
}

function replayedAll(versions: Versions, version: number, [first, ...rest]: readonly Happened[]): readonly Stepped[] {
  if (first?.event.type !== 'conversation.started')
    throw new Refusal('unknown-event', 'A log begins with “conversation.started”.')
  const flow = typeof versions === 'function' ? versions(version) : versions
  const all: Stepped[] = [startWith(flow, version, first.event, first.at)]
  for (const happened of rest) {
    const before = all.at(-1)
    if (before !== undefined) all.push(replayed(versions, before.snapshot, happened))
  }
  return all
}

/** An event of the log, with what must be given before it so that it goes as it went. */
interface Past {
  readonly event: ConversationEvent
  readonly at: number
  readonly given: Given
  /** Where it, and what followed from it at once, led. */
  readonly led: Stepped['snapshot']
}

/** The events that a simulation has to be brought; the ends of effects that came at once come by themselves. */
function pastsOf(events: readonly Happened[], was: readonly Stepped[]): readonly Past[] {
  const pasts: Past[] = []
  events.forEach(({ event, at }, index) => {
    const { snapshot, effects } = was[index] ?? {}
    if (snapshot === undefined || event.type === 'conversation.migrated') return
    const before = pasts.at(-1)
    const facts = givenByFacts(event.facts ?? {})
    const asked = effects?.find((each) => each.id === snapshot.awaiting)
    const calls: Given =
      asked !== undefined && 'node' in asked ? { calls: { [asked.node]: answerTo(asked.id, index, events) } } : {}
    const given = givenThen(facts, calls)
    if (event.type === 'effect.done' && before !== undefined && isAtOnce(index, events, was)) {
      pasts.splice(-1, 1, { ...before, given: givenThen(before.given, given), led: snapshot })
    } else pasts.push({ event, at, given, led: snapshot })
  })
  return pasts
}

/** Whether an effect ended before anything else happened, and the world was the same to its end. */
function isAtOnce(index: number, events: readonly Happened[], was: readonly Stepped[]): boolean {
  const [before, now] = [events[index - 1], events[index]]
  if (now?.event.type !== 'effect.done' || before === undefined) return false
  const { effect, facts = {} } = now.event
  const isNext = was[index - 1]?.effects.some((each) => each.id === effect) === true
  return isNext && !contradicts(givenByFacts(before.event.facts ?? {}), givenByFacts(facts)) && !callsAgain(index, was)
}

/** The same call once more, as one that is retried by the flow: each needs an answer of its own. */
function callsAgain(index: number, was: readonly Stepped[]): boolean {
  const nodes = [was[index - 1], was[index]].map((each) =>
    each?.effects.find(({ id }) => id === each.snapshot.awaiting),
  )
  const [one, other] = nodes.map((each) => (each !== undefined && 'node' in each ? each.node : undefined))
  return one !== undefined && one === other
}

function answerTo(effect: string, index: number, events: readonly Happened[]): Answer {
  const asked = events[index]?.at ?? 0
  const end = events.findIndex(
    ({ event }, place) => place > index && event.type === 'effect.done' && event.effect === effect,
  )
  const found = events[end]
  if (found?.event.type !== 'effect.done') {
    const length = (events.at(-1)?.at ?? asked) - asked
    return { ok: true, after: durationText(Math.ceil(length / 60_000 + 1) * 60_000) }
  }
  const { ok, value, error, facts = {} } = found.event
  const reply =
    typeof value === 'object' && value !== null && !Array.isArray(value) && 'status' in value ? value : undefined
  const isLate = end > index + 1 || contradicts(givenByFacts(events[index]?.event.facts ?? {}), givenByFacts(facts))
  return {
    ok,
    ...(typeof reply?.['status'] === 'number' ? { status: reply['status'] } : {}),
    ...(reply?.['body'] === undefined ? {} : { body: reply['body'] }),
    ...(ok || error === undefined || error === '' ? {} : { error: error.slice(0, 2_000) }),
    ...(isLate ? { after: durationText(Math.max(1, found.at - asked)) } : {}),
  }
}

/** Whether one says otherwise than the other of the same thing. */
function contradicts(one: Given, other: Given): boolean {
  return !isEqual(asJson(givenThen(one, other)), asJson(givenThen(other, one)))
}

interface Played {
  readonly simulation: Simulation
  readonly notes: readonly string[]
}

function played(flow: Flow, pasts: readonly Past[], unit: number): Played {
  const [first, ...rest] = pasts
  if (first === undefined) throw new Refusal('unknown-event', 'A log begins with “conversation.started”.')
  const begun = Math.floor(first.at / unit) * unit
  let simulation = simulate(flow, settingOf(flow, pasts, begun))
  if (!isThere(simulation, first)) return { simulation, notes: [elsewhere(first, simulation)] }
  for (const [index, past] of rest.entries()) {
    try {
      const next = brought(simulation, past, begun + Math.round((past.at - first.at) / unit) * unit)
      if (!isThere(next, past) && !hasGoneOn(next, rest[index + 1], next.now))
        return { simulation: next, notes: [elsewhere(past, next)] }
      simulation = next
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { simulation, notes: [`It ends before ${inWords(past)}, which the scenario refuses: ${error.message}`] }
    }
  }
  return { simulation, notes: [] }
}

/** What was given first of everything holds from the start, so that only what changes is a step. */
function settingOf(flow: Flow, pasts: readonly Past[], at: number): SimulationOptions {
  const opening = pasts[0]?.event.type === 'conversation.started' ? pasts[0].event.opening : { id: '' }
  const { id: _, ...about } = opening
  const { calls, ...given } = pasts.reduceRight<Given>((later, past) => givenThen(later, past.given), {})
  return {
    ...about,
    at,
    offers: 'told',
    agents: agentsOf(flow, pasts),
    ...(calls === undefined ? {} : { calls }),
    ...(Object.keys(given).length === 0 ? {} : { given }),
  }
}

function brought(before: Simulation, { event, given, at: wanted }: Past, at: number): Simulation {
  const news = newsIn(before, given)
  const informed = news === undefined ? before : before.give(news)
  if (event.type === 'timer') {
    const due = dueOf(informed, event.id, at)
    return due === undefined ? informed : informed.skipTo(Math.max(due, informed.now))
  }
  if (event.type === 'effect.done') {
    const end = endOfEffect(informed)
    return end === undefined ? informed : informed.skipTo(Math.max(end.at, informed.now))
  }
  // What was not over yet at that moment is not over here.
  const soonest = Math.min(...informed.timers.map(({ due }) => due), endOfEffect(informed)?.at ?? Infinity)
  const then = Math.max(informed.now, Math.min(at, soonest - 1))
  const waited = then > informed.now ? informed.skipTo(then) : informed
  return isOutside(event) ? waited.send(spoken(event)) : waited.tell(movedBy(event, then - wanted))
}

/** Without who is said to send it: the simulation knows. */
function spoken({ facts: _, by, ...event }: OutsideEvent & Pick<ConversationEvent, 'facts' | 'by'>): OutsideEvent {
  return event.type === 'agent.decline' && event.agent === undefined && by !== undefined
    ? { ...event, agent: by }
    : event
}

/** A deadline that the event brings keeps its distance. */
function movedBy({ facts: _, ...event }: ConversationEvent, by: number): ConversationEvent {
  return event.type === 'offer.made' ? { ...event, until: event.until + by } : event
}

function isOutside(event: ConversationEvent): event is OutsideEvent {
  return isOutsideType(event.type) && event.whisper === undefined
}

/** Of what is given, what is not so already. */
function newsIn({ standing, setting }: Simulation, given: Given): Given | undefined {
  const holds = givenThen({ calls: setting.calls }, standing.given ?? {})
  if (isEqual(asJson(givenThen(holds, given)), asJson(holds))) return undefined
  const news = Object.entries(given).flatMap(([part, values]) => {
    const held = Object.entries(holds).find(([name]) => name === part)?.[1]
    if (part === 'last' || values === null) return isEqual(asJson(values), asJson(held)) ? [] : [[part, values]]
    const changed = Object.entries(values ?? {}).filter(([key, value]) => {
      const before = Object.entries(held ?? {}).find(([name]) => name === key)?.[1]
      return !isEqual(asJson(value), asJson(before))
    })
    return changed.length === 0 ? [] : [[part, Object.fromEntries(changed)]]
  })
  return Object.fromEntries(news)
}

function isThere({ snapshot }: Simulation, { led }: Past): boolean {
  return snapshot.state === led.state && snapshot.owner.slice(0, 5) === led.owner.slice(0, 5)
}

/** Of two deadlines at one moment, the second has come with the first. */
function hasGoneOn(simulation: Simulation, next: Past | undefined, at: number): boolean {
  return next?.event.type === 'timer' && dueOf(simulation, next.event.id, at) === undefined
}

/** A timer that is due about now; one of the same name that has been set again meanwhile is another. */
function dueOf({ timers }: Simulation, id: string, at: number): number | undefined {
  return timers.find((each) => each.id === id && each.due <= at + ABOUT)?.due
}
const ABOUT = 1_000

function elsewhere(past: Past, { snapshot }: Simulation): string {
  return `After ${inWords(past)} the conversation stood at “${past.led.state}”; the scenario stands at “${snapshot.state}” and ends there.`
}

function inWords({ event, at }: Past): string {
  const what = event.type === 'timer' ? `the timer “${event.id}”` : `“${event.type}”`
  return `${what} (${new Date(at).toISOString()})`
}

/** Everybody whom the log names, with the teams for which they were asked. */
function agentsOf(flow: Flow, pasts: readonly Past[]): readonly SimulatedAgent[] {
  const teams = new Map<string, Set<string>>()
  const names = new Map<string, AgentName>()
  const usual = flow.nodes.find((node) => node.type === 'queue')?.data.team ?? 'support'
  let team = usual
  const note = (agent: AgentName): void => {
    if (!names.has(agent.id) || agent.name !== agent.id) names.set(agent.id, agent)
    teams.set(agent.id, (teams.get(agent.id) ?? new Set()).add(team))
  }
  for (const { event, led } of pasts) {
    if (event.type === 'offer.made') note(event.agent)
    else if ('agent' in event && typeof event.agent === 'string') note({ id: event.agent, name: event.agent })
    if (event.whisper) note(event.whisper)
    for (const each of Object.values(event.facts?.agents ?? {})) note(each)
    if (event.facts?.last) note({ id: event.facts.last.id, name: event.facts.last.name })
    team = led.machine.context.waiting?.team ?? team
  }
  return [...names.values()].map(({ id, name, bot }) => ({
    id,
    name,
    teams: [...(teams.get(id) ?? [usual])],
    ...(bot === undefined ? {} : { bot }),
  }))
}

/** Given is JSON but for what is left out, which `isEqual` never meets here. */
function asJson(value: unknown): Parameters<typeof isEqual>[0] {
  return JSON.parse(JSON.stringify(value ?? null))
}
