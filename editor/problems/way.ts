/**
 * The way to a problem, as a designer reads and sees it: numbered steps, each with who does what, and the connections
 * that it passes. Law: every step of the path is a step here, in its order; a connection that several steps pass has the
 * number of each.
 */
import { trailOf } from '../simulate/run/trail.ts'
import { nodeOfState } from '#engine/conversation/state.ts'
import type { ConversationEvent, Facts } from '#engine/index.ts'
import type { Path } from '#engine/explore/path.ts'
import { timerName } from '../simulate/run/names.ts'
import { weekTime } from '../simulate/run/time.ts'
import { length } from '../staffing/figures.ts'
import { cardOf } from '../document/card.ts'
import { nodeOf, type FlowDocument } from '../document/document.ts'
import type { Marks } from '../document/marks.ts'
import { words } from '../words/en.ts'

const said = words.problems.way
const { happened } = words.simulate

export interface WayStep {
  /** Who does what. */
  readonly text: string
  /** How long after the step before it; null where it follows at once. */
  readonly after: string | null
  /** What of the world it depends on, such as nobody being online. */
  readonly given: readonly string[]
  /** The step of the flow where it comes to, in words; null where it stays. */
  readonly to: string | null
  /** The step of the flow where it stands then, by its id. */
  readonly node: string
}

export function wayOf(path: Path, document: FlowDocument): readonly WayStep[] {
  return path.map((step, index) => {
    const before = path[index - 1]
    const passed = step.at - (before?.at ?? step.at)
    const node = nodeOfState(step.state)
    return {
      text: before === undefined ? said.started(weekTime(step.at, document.timezone, 'en')) : doneBy(step.event),
      after: passed > 0 ? said.after(length(passed)) : null,
      given: given(step.event.facts ?? {}),
      to: before !== undefined && nodeOfState(before.state) === node ? null : nameOf(document, node),
      node,
    }
  })
}

/** The way as it is painted: all of it lit, its connections numbered, and where it stands after step `at`. */
export function paintOf(path: Path, document: FlowDocument, at: number): Marks {
  const { nodes, edges } = trailOf(document, path)
  return {
    active: nodeOfState(path[at]?.state ?? ''),
    litNodes: nodes,
    litEdges: new Set(edges.keys()),
    edgeSteps: Object.fromEntries(
      [...edges].map(([id, steps]) => [id, [...steps].map((each) => each + 1).join(' · ')]),
    ),
  }
}

/** Every step of the flow that a way passes. */
export function nodesAlong(path: Path, document: FlowDocument): ReadonlySet<string> {
  return trailOf(document, path).nodes
}

function nameOf(document: FlowDocument, id: string): string {
  const node = nodeOf(document, id)
  return node === undefined ? id : cardOf(node).sentence
}

function given({ queues = {}, hours = {} }: Facts): readonly string[] {
  const away = Object.entries(queues).flatMap(([team, { online }]) => (online === 0 ? [said.nobody(team)] : []))
  const closed = Object.entries(hours).flatMap(([schedule, { open }]) => (open ? [] : [said.closed(schedule)]))
  return [...away, ...closed]
}

function doneBy(event: ConversationEvent): string {
  switch (event.type) {
    case 'conversation.started':
      return said.again
    case 'customer.message':
      return event.choice === undefined
        ? said.writes(event.text, event.nlu?.confidence ?? null)
        : said.chooses(event.text === '' ? event.choice : event.text)
    case 'customer.left':
      return happened.left
    case 'customer.returned':
      return happened.returned
    case 'survey.answer':
      return happened.scored(event.score)
    case 'bot.message':
      return event.fallback === true
        ? said.botLost(event.text)
        : said.botSays(event.text, event.nlu?.confidence ?? null)
    case 'bot.intent':
      return happened.intent(event.intent)
    case 'bot.done':
      return happened.botDone
    case 'bot.failed':
      return happened.botFailed
    case 'bot.escalate':
      return happened.escalated(event.reason)
    case 'timer':
      return happened.deadline(timerName(event.id, words.simulate.timer))
    case 'effect.done':
      return happened.effect(event.ok, event.error ?? '')
    case 'promise.due':
      return happened.promised[event.promise]
    case 'promise.told':
      return happened.told[event.what]
    case 'customer.identified':
      return said.identified
    case 'conversation.migrated':
      return said.migrated(event.version)
    default:
      return doneByPeople(event)
  }
}

type ByPeople = Extract<ConversationEvent, { readonly type: `agent.${string}` | `offer.${string}` }>

function doneByPeople(event: ByPeople): string {
  switch (event.type) {
    case 'offer.made':
      return happened.offered(event.agent.name)
    case 'offer.ended':
      return happened.offerEnded[event.why](event.agent)
    case 'agent.accept':
      return happened.accepted(event.agent)
    case 'agent.decline':
      return happened.declined(event.agent ?? words.simulate.agent)
    case 'agent.gone':
      return happened.gone(event.agent)
    case 'agent.message':
      return said.agentSays(event.text)
    case 'agent.note':
      return happened.note(words.simulate.agent, event.text)
    case 'agent.transfer':
      return happened.transferred('team' in event ? event.team : event.agent)
    case 'agent.handback':
      return happened.handedBack
    case 'agent.resolve':
      return happened.resolved(event.resolution)
    default:
      return event satisfies never
  }
}
