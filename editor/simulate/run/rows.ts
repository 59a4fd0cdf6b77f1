/** What the transcript shows, row by row: messages as bubbles, and between them, small, what else happened. */
import { nodeOfState } from '#engine/conversation/state.ts'
import type { ConversationEvent, Json, Message, PassedOver, Reason } from '#engine/index.ts'
import type { SimulatedStep, Simulation } from '#engine/simulate/index.ts'

/** What happened besides messages, as data: the words are made where it is shown. */
export type Happening =
  | { readonly what: 'moved'; readonly to: string; readonly phase: string; readonly reason: Reason | null }
  | { readonly what: 'time'; readonly length: number }
  | { readonly what: 'online' | 'offline' | 'accepted' | 'declined' | 'gone'; readonly agent: string }
  | {
      readonly what: 'offered'
      readonly agent: string
      readonly reason: string | null
      readonly skipped: readonly PassedOver[]
    }
  | { readonly what: 'offerEnded'; readonly agent: string; readonly why: 'declined' | 'expired' | 'vanished' }
  | { readonly what: 'deadline'; readonly timer: string }
  | { readonly what: 'effect'; readonly ok: boolean; readonly value: Json }
  | { readonly what: 'intent'; readonly intent: string }
  | { readonly what: 'promised'; readonly promise: 'ticket' | 'callback' }
  | { readonly what: 'told'; readonly told: 'ready' | 'soon' | 'broken' }
  | { readonly what: 'migrated'; readonly version: number }
  | { readonly what: 'left' | 'returned' | 'botDone' | 'botFailed' | 'handedBack' }
  | { readonly what: 'escalated'; readonly reason: string }
  | { readonly what: 'transferred'; readonly to: string }
  | { readonly what: 'resolved'; readonly resolution: string }
  | { readonly what: 'scored'; readonly score: number }
  | { readonly what: 'note'; readonly agent: string | null; readonly text: string }
  | { readonly what: 'understood'; readonly confidence: number | null; readonly fallback: boolean }

/** `step` is the index of the step it belongs to: where a click on the row goes back to. */
export type Row = { readonly key: string; readonly step: number; readonly at: number } & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'happening'; readonly happening: Happening }
)

/** The rows up to step `shown`. */
export function rowsOf({ steps }: Pick<Simulation, 'steps'>, shown: number): readonly Row[] {
  let before: SimulatedStep | undefined
  return steps.slice(0, shown + 1).flatMap((step, index) => {
    const rows = known.get(step) ?? rowsIn(step, before, index)
    known.set(step, rows)
    before = step
    return rows
  })
}

const SECOND = 1_000

/** A step is the same object wherever a run shows it, and stands at the same index. */
const known = new WeakMap<SimulatedStep, readonly Row[]>()

function rowsIn(step: SimulatedStep, before: SimulatedStep | undefined, index: number): readonly Row[] {
  const rows: Row[] = []
  const happened = (at: number, happening: Happening): void => {
    rows.push({ key: `${index}.${rows.length}`, step: index, at, kind: 'happening', happening })
  }
  // Between the events of a real conversation moments always pass; nobody reads of them.
  const passed = Math.round((step.now - (before?.now ?? step.now)) / SECOND) * SECOND
  if (passed > 0) happened(step.now, { what: 'time', length: passed })
  if (step.doing.type === 'presence')
    happened(step.now, { what: step.doing.online ? 'online' : 'offline', agent: step.doing.agent })
  for (const entry of step.log) {
    if (entry.kind === 'message') {
      const { kind: _, ...message } = entry
      rows.push({ key: `${index}.${rows.length}`, step: index, at: entry.at, kind: 'message', message })
    } else if (entry.kind === 'note') happened(entry.at, { what: 'note', agent: entry.agent, text: entry.text })
    else if (entry.kind === 'moved' && entry.from !== null) {
      const [phase = ''] = entry.to.split('.')
      // A rung of a ladder is a place of its own; its node is what the canvas shows.
      const happening: Happening = {
        what: 'moved',
        to: nodeOfState(entry.to),
        phase,
        reason: entry.reason ?? null,
      }
      rows.splice(arrivalIn(rows, step), 0, {
        key: `${index}.moved`,
        step: index,
        at: entry.at,
        kind: 'happening',
        happening,
      })
    } else if (entry.kind === 'event') for (const each of happeningsOf(entry.event)) happened(entry.at, each)
  }
  return rows
}

/** The log tells the move last; it is read before what was said on arrival, and after what led to it. */
function arrivalIn(rows: readonly Row[], { doing }: SimulatedStep): number {
  const isOwn = (row: Row): boolean =>
    row.kind !== 'message' ||
    row.message.from === 'customer' ||
    (doing.type === 'event' && doing.event.type === 'bot.message' && doing.event.text === row.message.text)
  const first = rows.findIndex((row) => !isOwn(row))
  return first < 0 ? rows.length : first
}

/** What an event is shown as besides its message; most messages are shown by themselves. */
function happeningsOf(event: ConversationEvent): readonly Happening[] {
  switch (event.type) {
    case 'customer.message':
      return understanding(event.nlu?.confidence, false)
    case 'bot.message':
      return understanding(event.nlu?.confidence, event.fallback ?? false)
    case 'customer.left':
      return [{ what: 'left' }]
    case 'customer.returned':
      return [{ what: 'returned' }]
    case 'bot.intent':
      return [{ what: 'intent', intent: event.intent }]
    case 'bot.done':
      return [{ what: 'botDone' }]
    case 'bot.failed':
      return [{ what: 'botFailed' }]
    case 'bot.escalate':
      return [{ what: 'escalated', reason: event.reason }]
    case 'agent.accept':
      return [{ what: 'accepted', agent: event.agent }]
    case 'agent.decline':
      return event.agent === undefined ? [] : [{ what: 'declined', agent: event.agent }]
    case 'agent.transfer':
      return [{ what: 'transferred', to: 'team' in event ? event.team : event.agent }]
    case 'agent.handback':
      return [{ what: 'handedBack' }]
    case 'agent.resolve':
      return [{ what: 'resolved', resolution: event.resolution }]
    case 'survey.answer':
      return [{ what: 'scored', score: event.score }]
    case 'timer':
      return [{ what: 'deadline', timer: event.id }]
    case 'offer.made':
      return [{ what: 'offered', agent: event.agent.name, reason: event.reason ?? null, skipped: event.skipped ?? [] }]
    case 'offer.ended':
      return [{ what: 'offerEnded', agent: event.agent, why: event.why }]
    case 'effect.done':
      return [{ what: 'effect', ok: event.ok, value: event.value ?? event.error ?? null }]
    case 'agent.gone':
      return [{ what: 'gone', agent: event.agent }]
    case 'promise.due':
      return [{ what: 'promised', promise: event.promise }]
    case 'promise.told':
      return [{ what: 'told', told: event.what }]
    case 'conversation.migrated':
      return [{ what: 'migrated', version: event.version }]
    case 'conversation.started':
    case 'agent.message':
    case 'agent.note':
    case 'customer.identified':
      return []
    default:
      return event satisfies never
  }
}

function understanding(confidence: number | undefined, fallback: boolean): readonly Happening[] {
  return confidence === undefined && !fallback ? [] : [{ what: 'understood', confidence: confidence ?? null, fallback }]
}
