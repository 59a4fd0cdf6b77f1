/** Values to show a text with, before anybody has a conversation: every name that the text uses gets one. */
import type { Scope, VariableDeclarations, VariableType } from '#engine/expression/index.ts'
import { openingSentence } from '#engine/hours/index.ts'
import { wordsOf } from '#engine/words/words.ts'
import { writeAt } from '../node/place.ts'

export interface Sampled {
  readonly variables: VariableDeclarations
  readonly language: string
  readonly timezone: string
  /** The sample's people and things in words, such as `name` and `agent`. */
  readonly words: Readonly<Record<'name' | 'email' | 'phone' | 'agent' | 'team' | 'reason', string>>
}

const MONDAY_NIGHT = Date.UTC(2026, 2, 2, 20)
const TUESDAY_MORNING = Date.UTC(2026, 2, 3, 8)

/** A scope in which each of `reads` (dotted names) has a value; what we know nothing of is shown as ‹its name›. */
export function sampleScope(reads: readonly string[], sampled: Sampled): Scope {
  const known = knownValues(sampled)
  return reads.reduce<Scope>((scope, path) => {
    const top = path.split('.').slice(0, 2).join('.')
    if (Object.hasOwn(known, top) && top === path) return put(scope, path, known[top])
    const [namespace, name = ''] = path.split('.')
    const declared = namespace === 'vars' ? sampled.variables[name] : undefined
    if (declared && top === path) return put(scope, path, valueOf(declared.type, name))
    return put(scope, path, `‹${path.split('.').at(-1) ?? path}›`)
  }, {})
}

function knownValues({ language, timezone, words }: Sampled): Readonly<Record<string, unknown>> {
  const own = wordsOf(language)
  const opens = openingSentence({ timezone, week: {} }, TUESDAY_MORNING, { language, now: MONDAY_NIGHT })
  return {
    'customer.name': words.name,
    'customer.email': words.email,
    'customer.phone': words.phone,
    'queue.team': words.team,
    'queue.position': 2,
    'queue.eta': own.minutes(4),
    'queue.within': own.minutes(8),
    'queue.waitedMinutes': 3,
    'hours.open': false,
    'hours.opens': opens,
    'agent.id': 'sarah',
    'agent.name': words.agent,
    'handoff.reason': words.reason,
    'handoff.summary': words.reason,
    'conversation.language': language,
    'conversation.turns': 3,
  }
}

function valueOf(type: VariableType, name: string): unknown {
  switch (type) {
    case 'number':
      return 42
    case 'yesno':
    case 'boolean':
      return true
    case 'date':
      return '2026-03-02'
    case 'list':
      return [`‹${name}›`]
    case 'map':
      return { [name]: `‹${name}›` }
    case 'text':
    case 'email':
    case 'phone':
    case 'choice':
      return `‹${name}›`
    default:
      return type satisfies never
  }
}

function put(scope: Scope, path: string, value: unknown): Scope {
  // writeAt gives a record for a record; the scope's own names are records of any keys.
  return writeAt(scope, path.replaceAll('.', '/'), value) as Scope
}
