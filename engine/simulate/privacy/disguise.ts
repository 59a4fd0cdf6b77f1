/**
 * A conversation without the people in it: what it knows of the customer, what was said, and who worked on it, with
 * stand-ins in place of personal data. What steers a flow stays: choices, intents, tiers, figures and dates.
 */
import type { ConversationEvent } from '../../conversation/events.ts'
import type { Json } from '../../flow/values.ts'
import type { Snapshot } from '../../step/snapshot.ts'
import { createCloak } from './cloak.ts'
import { numbered } from './stand-ins.ts'

interface Happened {
  readonly event: ConversationEvent
  readonly at: number
}

/**
 * @param snapshots those that the events led to: what the flow asked for stands in them
 * @returns the same events, of stand-ins
 */
export function disguise(log: readonly Happened[], snapshots: readonly Snapshot[]): readonly Happened[] {
  const profile = knownOf(snapshots)
  const agents = agentsIn(log)
  const cloak = createCloak({
    names: [...profile.filter(({ is }) => is === 'name').map(({ value }) => value), ...agents.map(({ name }) => name)],
    whole: wholeOf(profile),
  })
  const agentIds = new Map(agents.map(({ id }, index) => [id, `agent-${index + 1}`]))
  return log.map(({ event, at }) => {
    // What comes back has the same shape: strings are put in place of strings.
    const changed = changing(event as unknown as Json, [], { cloak, agentIds }) as unknown as ConversationEvent
    return { event: changed, at }
  })
}

type Kind = 'name' | 'address' | 'birth' | 'id'
interface KnownValue {
  readonly is: Kind
  readonly value: string
}

/** What a key of a profile or a variable says of its value, in the languages that the signals hear. */
const keys: readonly (readonly [Kind, RegExp])[] = [
  [
    'name',
    /^(?:full|first|last|sur|given|family|middle|nick|display|contact|customer|patient|guest|passenger|holder|caller)?[ _-]?name$|^(?:vor|nach|familien)name$|^nombre$|^apellidos?$|^pr[eé]nom$|^nom$|^payee$/i,
  ],
  [
    'address',
    /address(?!.*mail)|street|stra(?:ß|ss)e|^city$|^town$|post(?:al)?[ _-]?code|^zip|^plz$|^ort$|^calle$|direcci[oó]n|^rue$|adresse/i,
  ],
  ['birth', /birth|^dob$|geburt|nacimiento|naissance/i],
  ['id', /^id$|^(?:customer|user|account|member)[ _-]?(?:id|number|no)$/i],
]

function knownOf(snapshots: readonly Snapshot[]): readonly KnownValue[] {
  const found = new Map<string, KnownValue>()
  const look = (value: Json, key: string): void => {
    if (Array.isArray(value)) return value.forEach((each) => look(each, key))
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).forEach(([name, each]) => look(each, name))
    const is = keys.find(([, pattern]) => pattern.test(key))?.[0]
    if (is !== undefined && typeof value === 'string' && value.trim() !== '') found.set(`${is}:${value}`, { is, value })
  }
  for (const {
    machine: { context },
    memory,
  } of snapshots) {
    look(context.customer, '')
    look(context.vars, '')
    look(memory.entities, '')
  }
  return [...found.values()]
}

function wholeOf(values: readonly KnownValue[]): ReadonlyMap<string, string> {
  const made = {
    address: numbered((index) => `Example Place ${index}`),
    birth: () => '1990-01-01',
    id: numbered((index) => `customer-${index}`),
  }
  return new Map(values.flatMap(({ is, value }) => (is === 'name' ? [] : [[value, made[is](value)]])))
}

interface Agent {
  readonly id: string
  readonly name: string
}

/** Everybody of the staff whom the log names. */
function agentsIn(log: readonly Happened[]): readonly Agent[] {
  const found = new Map<string, Agent>()
  const note = (id: string, name = id): void => {
    if (!found.has(id) || name !== id) found.set(id, { id, name })
  }
  for (const { event } of log) {
    if (event.by !== undefined) note(event.by)
    if (event.whisper) note(event.whisper.id, event.whisper.name)
    if ('agent' in event && typeof event.agent === 'string') note(event.agent)
    if (event.type === 'offer.made') {
      note(event.agent.id, event.agent.name)
      for (const { agent } of event.skipped ?? []) note(agent.id, agent.name)
    }
    for (const { id, name } of Object.values(event.facts?.agents ?? {})) note(id, name)
    if (event.facts?.last) note(event.facts.last.id, event.facts.last.name)
  }
  return [...found.values()]
}

/** They steer a flow, or name what is no person. */
const steering: ReadonlySet<string> = new Set([
  'type',
  'gen',
  'effect',
  'intent',
  'choice',
  'channel',
  'language',
  'team',
  'teams',
  'timezone',
  'tier',
  'why',
  'what',
  'promise',
  'priority',
  'phase',
  'bot',
])
/** Records by the ids of what the server knows: teams, schedules, agents. */
const byId: ReadonlySet<string> = new Set(['queues', 'hours', 'slots', 'booked', 'due'])

interface Masks {
  readonly cloak: (text: string) => string
  readonly agentIds: ReadonlyMap<string, string>
}

function changing(value: Json, path: readonly string[], masks: Masks): Json {
  const key = path.at(-1) ?? ''
  if (typeof value === 'string') return changedText(value, path, masks)
  if (typeof value !== 'object' || value === null || byId.has(key)) return value
  if (Array.isArray(value)) return value.map((each: Json) => changing(each, path, masks))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      key === 'agents' ? (masks.agentIds.get(name) ?? name) : name,
      changing(each, [...path, name], masks),
    ]),
  )
}

function changedText(value: string, path: readonly string[], { cloak, agentIds }: Masks): string {
  const key = path.at(-1) ?? ''
  const isOfServer = path.length === 1
  if (key === 'by' || (key === 'agent' && isOfServer)) return agentIds.get(value) ?? value
  if (key === 'id') {
    // A timer's, a conversation's and a file's name nobody; a customer's does, and an agent's.
    if (path.includes('customer')) return cloak(value)
    return path.includes('agent') || path.includes('agents') || path.includes('last') || path.includes('whisper')
      ? (agentIds.get(value) ?? value)
      : value
  }
  // A customer's profile may hold a key of any name.
  return steering.has(key) && !path.includes('customer') && !path.includes('entities') ? value : cloak(value)
}
