/** A run saved as a scenario: what was done, and that the same is said and the same states are reached again. */
import type { ConversationEvent, OutsideEvent } from '../conversation/events.ts'
import { givenInWords } from './given.ts'
import { serverDoing } from './server-step.ts'
import { isOutsideType } from '../conversation/events.ts'
import { parseDuration } from '../flow/values.ts'
import { durationText } from './duration.ts'
import { isPatternForm, step as scenarioStep, type Scenario, type ScenarioStep } from './scenario.ts'
import type { SentEvent, SimulatedStep } from './course.ts'
import type { Simulation } from './simulation.ts'

/** @param name the promise that the scenario keeps, in the user's words */
export function recordScenario(simulation: Simulation, name: string): Scenario {
  const { setting } = simulation
  const steps: ScenarioStep[] = []
  let clock = setting.at
  let state: string | undefined
  const turns = turnsOf(simulation.steps)
  for (const turn of turns) {
    const done = turn.find((each) => each.cause === 'caller')
    const now = turn.at(-1)?.now ?? clock
    const doings = done === undefined || done.turn === 0 ? [] : stepsOf(done)
    const said = turn.flatMap((each) => each.messages).map((each) => literal(each.text))
    const after = turn.at(-1)?.snapshot
    const isQuiet = after === undefined || (said.length === 0 && after.state === state)
    // Time in which nothing is to be seen is let pass with what comes next.
    if (isQuiet && doings.length === 0 && turn !== turns.at(-1)) continue
    if (now > clock) steps.push({ clock: clockText(now - clock, now) })
    clock = now
    steps.push(...doings)
    if (isQuiet) continue
    state = after.state
    steps.push({
      expect: {
        state: after.state,
        owner: after.owner,
        ...(said.length === 0 ? {} : { said }),
        ...(after.closed ? { closed: after.closed.reason } : {}),
      },
    })
  }
  return { name, at: new Date(setting.at).toISOString(), ...surroundings(simulation), steps }
}

function surroundings({ setting }: Simulation): Omit<Scenario, 'name' | 'at' | 'steps'> {
  const { customer, variables, language, channel, page, agents, last, queues, schedules, calls, given, offers } =
    setting
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(variables === undefined ? {} : { variables }),
    ...(language === undefined ? {} : { language }),
    ...(channel === undefined ? {} : { channel }),
    ...(page === undefined ? {} : { page }),
    ...(agents.length === 0 ? {} : { agents }),
    ...(last === undefined ? {} : { last }),
    ...(queues === undefined
      ? {}
      : {
          queues: Object.fromEntries(
            Object.entries(queues).map(([team, { position, eta, within, waiting }]) => [
              team,
              {
                ...(position === undefined ? {} : { position }),
                ...(eta == null ? {} : { eta: durationText(eta) }),
                ...(within == null ? {} : { within: durationText(within) }),
                ...(waiting === undefined ? {} : { waiting }),
              },
            ]),
          ),
        }),
    ...(schedules === undefined ? {} : { schedules }),
    ...(calls === undefined ? {} : { calls }),
    ...(given === undefined ? {} : { given: givenInWords(given) }),
    ...(offers === undefined ? {} : { offers }),
  }
}

function turnsOf(steps: readonly SimulatedStep[]): readonly (readonly SimulatedStep[])[] {
  return [...new Set(steps.map((each) => each.turn))].map((turn) => steps.filter((each) => each.turn === turn))
}

function stepsOf({ doing, now }: SimulatedStep): readonly ScenarioStep[] {
  switch (doing.type) {
    case 'clock':
      return []
    case 'presence':
      return [{ agent: doing.online ? { goesOnline: doing.agent } : { goesOffline: doing.agent } }]
    case 'given':
      return [{ given: givenInWords(doing.given) }]
    case 'event': {
      const sent = doing.sent ?? doing.event
      const server = serverDoing(sent, now)
      if (server !== undefined) return [{ server }]
      return isOutside(sent) ? [eventStep(sent)] : []
    }
    default:
      return doing satisfies never
  }
}

function isOutside(event: ConversationEvent): event is SentEvent {
  return isOutsideType(event.type)
}

/** In words where a scenario has words for all of it, such as not for a message with files. */
function eventStep({ facts: _, by, ...event }: SentEvent & Pick<ConversationEvent, 'facts'>): ScenarioStep {
  const said = by === undefined ? inWords(event) : undefined
  return said !== undefined && scenarioStep.safeParse(said).success
    ? said
    : { event, ...(by === undefined ? {} : { by }) }
}

function inWords(event: OutsideEvent): ScenarioStep {
  switch (event.type) {
    case 'customer.message':
      return { customer: event.text, ...without(event, 'type', 'text') }
    case 'customer.left':
      return { customer: { leaves: true } }
    case 'customer.returned':
      return { customer: { returns: true } }
    case 'survey.answer':
      return { customer: { scores: event.score, ...without(event, 'type', 'score') } }
    case 'bot.message':
      return { bot: event.text, ...without(event, 'type', 'text') }
    case 'bot.intent':
      return { bot: { intent: event.intent } }
    case 'bot.done':
      return { bot: { done: true } }
    case 'bot.failed':
      return { bot: { failed: true } }
    case 'bot.escalate':
      return { bot: { escalate: event.reason, ...without(event, 'type', 'reason') } }
    case 'agent.accept':
      return { agent: { accepts: event.agent } }
    case 'agent.decline':
      return event.agent === undefined ? { event } : { agent: { declines: event.agent } }
    case 'agent.message':
      return { agent: { says: event.text } }
    case 'agent.note':
      return { agent: { notes: event.text } }
    case 'agent.transfer':
      return { agent: { transfersTo: without(event, 'type') } }
    case 'agent.handback':
      return { agent: { handsBack: event.note ?? '' } }
    case 'agent.resolve':
      return { agent: { resolves: event.resolution } }
    default:
      return event satisfies never
  }
}

type Without<From, Names> = From extends unknown ? Omit<From, Names & keyof From> : never

function without<const From extends object, const Name extends keyof From>(
  from: From,
  ...names: readonly Name[]
): Without<From, Name> {
  // Exactly the keys that Omit leaves are left.
  return Object.fromEntries(
    Object.entries(from).filter(([key]) => !(names as readonly PropertyKey[]).includes(key)),
  ) as Without<From, Name>
}

function clockText(length: number, to: number): string {
  const text = durationText(length)
  return parseDuration(text) === length ? text : new Date(to).toISOString()
}

/** A text that looks like a pattern is written as the pattern that matches only it. */
function literal(text: string): string {
  return !isPatternForm(text) ? text : `/${text.replaceAll(/[/\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}/`
}
