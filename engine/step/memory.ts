/** Bounded summaries of what was said, for the handoff package. */
import type { ConversationEvent, Nlu } from '../conversation/events.ts'
import { cut } from '../expression/cut.ts'
import { POOR_BELOW } from '../signals/lowConfidence.ts'
import type { Memory } from './snapshot.ts'

const KEPT = { intents: 12, entities: 50, sentiment: 24, attempted: 12, text: 500 } as const

export const emptyMemory: Memory = {
  turns: 0,
  lastText: null,
  topic: null,
  intents: [],
  entities: {},
  sentiment: [],
  attempted: [],
  suggestedResolution: null,
  botSummary: null,
  handoffs: 0,
}

/** What an event adds. `mood` is the sentiment of a customer's message, reported or guessed. */
export function remember(memory: Memory, event: ConversationEvent, now: number, mood: number | undefined): Memory {
  switch (event.type) {
    case 'customer.message':
      return {
        ...understood(memory, event.nlu, now),
        turns: memory.turns + 1,
        lastText: event.text === '' ? memory.lastText : cut(event.text, KEPT.text),
        sentiment:
          mood === undefined ? memory.sentiment : last(memory.sentiment, { at: now, score: mood }, KEPT.sentiment),
      }
    case 'bot.message':
      return {
        ...attempt(understood(memory, event.nlu, now), cut(event.text, KEPT.text), outcome(event), now),
        suggestedResolution: event.suggestedResolution ?? memory.suggestedResolution,
      }
    case 'bot.intent':
      return understood(memory, { intent: event.intent }, now)
    case 'bot.escalate':
      return { ...memory, botSummary: event.summary ?? memory.botSummary }
    default:
      return memory
  }
}

/** Something that was tried for the customer before a person came. */
export function attempt(memory: Memory, what: string, result: string, at: number): Memory {
  return { ...memory, attempted: last(memory.attempted, { what, result, at }, KEPT.attempted) }
}

/** How an answer of the bot's is told to a person: as a success only when the bot itself was sure. */
function outcome({ fallback, nlu }: Extract<ConversationEvent, { type: 'bot.message' }>): string {
  if (fallback === true) return 'did not understand'
  return (nlu?.confidence ?? 1) < POOR_BELOW ? 'answered, unsure' : 'answered'
}

function understood(memory: Memory, nlu: Nlu | undefined, now: number): Memory {
  if (nlu === undefined) return memory
  const { intent, confidence, entities } = nlu
  const merged =
    entities === undefined
      ? memory.entities
      : Object.fromEntries(Object.entries({ ...memory.entities, ...entities }).slice(-KEPT.entities))
  return {
    ...memory,
    entities: merged,
    ...(intent === undefined || memory.intents.at(-1)?.intent === intent
      ? {}
      : {
          topic: intent,
          intents: last(memory.intents, { intent, confidence: confidence ?? null, at: now }, KEPT.intents),
        }),
  }
}

function last<Item>(items: readonly Item[], item: Item, kept: number): readonly Item[] {
  return items.length < kept ? [...items, item] : [...items.slice(1 - kept), item]
}
