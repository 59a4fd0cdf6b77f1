/**
 * A scenario: what a customer, a bot, people and the clock do, one after the other, and what is expected of it. They
 * stand in `flows/<flow>.scenarios.json` beside the flow and are run by `baton test` and by the editor.
 */
import { RE2JS } from 're2js'
import { z } from 'zod'
import { isOutsideType, nlu, outsideEvents, outsideTypes } from '../conversation/events.ts'
import { phases } from '../conversation/owner.ts'
import { didYouMean } from '../expression/nearest.ts'
import { pointer, type Fault } from '../flow/fault.ts'
import { unpoisoned } from '../flow/poisoned.ts'
import { sentence } from '../flow/sentence.ts'
import { duration, id, isRecord, key, LIMITS, name, parseDuration, text, type Json } from '../flow/values.ts'
import { schedule, type Schedule } from '../hours/index.ts'
import { answers, givenText, instant } from './given.ts'
import { pick } from './pick.ts'
import { referenceFaults } from './references.ts'
import { serverHeads } from './server-step.ts'

const moment = z
  .string()
  .refine(
    (value) => parseDuration(value) !== undefined || instant.safeParse(value).success,
    'must be a duration such as "5m", or a time such as "2026-03-02T10:00:00Z"',
  )
const short = z.string().min(1, 'must say something').max(2_000, 'must be 2000 characters at most')
const someId = z.string().min(1, 'must not be empty').max(100, 'must be 100 characters at most')
const json: z.ZodType<Json> = z.json()
const savedSchedule: z.ZodType<Schedule> = schedule
const yes = z.literal(true, { error: 'must be true' })

const customerDoes = oneOf({
  leaves: z.strictObject({ leaves: yes }),
  returns: z.strictObject({ returns: yes }),
  scores: z.strictObject({ scores: z.number().int().min(0).max(10), comment: short.optional() }),
})
const botDoes = oneOf({
  intent: z.strictObject({ intent: name }),
  done: z.strictObject({ done: yes }),
  failed: z.strictObject({ failed: yes }),
  escalate: z.strictObject({ escalate: short, summary: short.optional() }),
})
const transfersTo = oneOf({
  team: z.strictObject({ team: someId, note: short.optional() }),
  agent: z.strictObject({ agent: someId, note: short.optional() }),
})
const agentDoes = oneOf({
  accepts: z.strictObject({ accepts: someId }),
  declines: z.strictObject({ declines: someId }),
  says: z.strictObject({ says: text }),
  notes: z.strictObject({ notes: text }),
  transfersTo: z.strictObject({ transfersTo }),
  handsBack: z.strictObject({ handsBack: z.string().max(2_000, 'must be 2000 characters at most') }),
  resolves: z.strictObject({ resolves: z.string().max(2_000, 'must be 2000 characters at most') }),
  goesOnline: z.strictObject({ goesOnline: someId }),
  goesOffline: z.strictObject({ goesOffline: someId }),
})

/** Any event from outside, as the API takes it. */
const rawEvent = pick((value) => {
  const type = isRecord(value) ? value['type'] : undefined
  if (typeof type !== 'string') return 'must be an event with its type, such as {"type": "bot.done"}'
  return isOutsideType(type)
    ? outsideEvents[type]
    : `has a type “${type}” that is no event from outside; ${didYouMean(type, outsideTypes)}`
})

const onePart = text.refine(
  isPattern,
  'is not a regular expression that RE2 knows (it has no look-around); correct it, or take the slashes away',
)
const part = pick((value) =>
  typeof value === 'string' ? onePart : z.array(onePart).min(1, 'must name a text').readonly(),
)
export type Part = z.output<typeof part>

const expectation = z
  .strictObject({
    state: z
      .string()
      .regex(/^[A-Za-z]+\.[A-Za-z][A-Za-z0-9_-]*$/, 'must be a state such as "queued.billing"')
      .optional(),
    phase: z.enum(phases).optional(),
    owner: z
      .string()
      .regex(/^(bot|queue|agent:.+)$/, 'must be "bot", "queue" or "agent:<id>"')
      .optional(),
    said: part.optional(),
    notSaid: part.optional(),
    refused: z.enum(['not-owner', 'closed', 'not-expected', 'stale', 'unknown-event', 'stuck']).optional(),
    variables: z.record(key, json).optional(),
    closed: short.optional(),
    mayReply: z.boolean().optional(),
    timers: z
      .array(z.string().regex(/^[A-Za-z][\w-]*\.\w+$/, 'must be a timer such as "billing.maxWait"'))
      .readonly()
      .optional(),
    reason: short.optional(),
  })
  .refine((expected) => Object.keys(expected).length > 0, 'must expect something')
export type Expectation = z.output<typeof expectation>

const stepHeads = {
  customer: pick((value) =>
    isRecord(value) && typeof value['customer'] === 'string'
      ? z.strictObject({ customer: text, choice: name.optional(), nlu: nlu.optional() })
      : z.strictObject({ customer: customerDoes }),
  ),
  bot: pick((value) =>
    isRecord(value) && typeof value['bot'] === 'string'
      ? z.strictObject({
          bot: text,
          fallback: z.boolean().optional(),
          nlu: nlu.optional(),
          suggestedResolution: short.optional(),
        })
      : z.strictObject({ bot: botDoes }),
  ),
  agent: z.strictObject({ agent: agentDoes }),
  server: z.strictObject({
    server: oneOf(serverHeads, ['for', 'why', 'note', 'from', 'since', 'at', 'team', 'priority', 'agent']),
  }),
  given: z.strictObject({ given: givenText }),
  clock: z.strictObject({ clock: moment }),
  event: z.strictObject({ event: rawEvent, by: someId.optional() }),
  expect: z.strictObject({ expect: expectation }),
}
/** One step of a scenario. */
export const step = oneOf(stepHeads, ['choice', 'fallback', 'nlu', 'suggestedResolution', 'by'])
export type ScenarioStep = z.output<typeof step>

const agent = z.strictObject({
  id: someId,
  name: name.optional(),
  teams: z.array(someId).min(1, 'must name a team').readonly(),
  skills: z.record(key, z.number().int().min(1).max(10)).optional(),
  languages: z.array(someId).readonly().optional(),
  channels: z.array(someId).readonly().optional(),
  tiers: z.array(someId).readonly().optional(),
  bot: name.optional(),
  online: z.boolean().optional(),
})

/** What a scenario may hold. */
export const MOST_STEPS = 1_000

const scenario = z.strictObject({
  name,
  at: instant.optional(),
  customer: z.record(name, json).optional(),
  variables: z.record(key, json).optional(),
  language: z.string().min(2).max(35).optional(),
  channel: someId.optional(),
  page: short.optional(),
  agents: z.array(agent).max(100, 'must hold 100 agents at most').readonly().optional(),
  last: someId.optional(),
  queues: z
    .record(
      someId,
      z.strictObject({
        position: z.number().int().min(1).optional(),
        eta: duration.nullable().optional(),
        within: duration.nullable().optional(),
        waiting: z.number().int().min(0).optional(),
      }),
    )
    .optional(),
  schedules: z.record(id, savedSchedule).optional(),
  calls: answers.optional(),
  given: givenText.optional(),
  offers: z.literal('told', { error: 'must be "told", or be left out' }).optional(),
  steps: z.array(step).min(1, 'must hold a step').max(MOST_STEPS, `must hold ${MOST_STEPS} steps at most`).readonly(),
})
export type Scenario = z.output<typeof scenario>

const scenarioFile = z.strictObject({
  flow: id,
  scenarios: z.array(scenario).max(LIMITS.listLength, `must hold ${LIMITS.listLength} scenarios at most`).readonly(),
})
export type ScenarioFile = z.output<typeof scenarioFile>

export type ParsedScenarios =
  { readonly ok: true; readonly file: ScenarioFile } | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads a file of scenarios. A malformed one comes back with every fault at once, each with its pointer and cure. */
export function parseScenarios(input: unknown): ParsedScenarios {
  return unpoisoned(
    input,
    () => readScenarios(input),
    (fault) => ({ ok: false, faults: [fault] }),
  )
}

function readScenarios(input: unknown): ParsedScenarios {
  const read = scenarioFile.safeParse(input, { reportInput: true })
  const broken = read.success
    ? []
    : read.error.issues.map((issue) => ({ pointer: pointer(issue.path), node: null, message: sentence(issue) }))
  const faults = [...broken, ...referenceFaults(input)]
  return read.success && faults.length === 0 ? { ok: true, file: read.data } : { ok: false, faults }
}

/** An object that is told by which one of some names it holds, such as `{"customer": …}` or `{"bot": …}`. */
function oneOf<const Heads extends Readonly<Record<string, z.ZodType>>>(heads: Heads, beside: readonly string[] = []) {
  const names = Object.keys(heads)
  return pick((value): Heads[keyof Heads] | string => {
    if (!isRecord(value)) return `must be an object with one of ${names.join(', ')}`
    const [found, second] = names.filter((head) => Object.hasOwn(value, head))
    if (found !== undefined && second !== undefined) return `says “${found}” and “${second}” at once; make two of it`
    // `found` is one of the keys of heads.
    if (found !== undefined) return heads[found] as Heads[keyof Heads]
    const unknown = Object.keys(value).find((each) => !beside.includes(each))
    return unknown === undefined
      ? `must hold one of ${names.join(', ')}`
      : `knows no “${unknown}”; ${didYouMean(unknown, names)}`
  })
}

const PATTERN = /^\/(.+)\/([ims]*)$/s

/** `/such/i` is a regular expression; all else is a part of a text. */
export function isPatternForm(part: string): boolean {
  return PATTERN.test(part)
}

/** What a pattern finds, in linear time (RE2); undefined for what is none. @throws when it is a broken one */
export function patternOf(part: string): ((text: string) => boolean) | undefined {
  const [, source, flags = ''] = PATTERN.exec(part) ?? []
  if (source === undefined) return undefined
  const pattern = RE2JS.compile(flags === '' ? source : `(?${flags})${source}`)
  return (text) => pattern.matcher(text).find()
}

function isPattern(part: string): boolean {
  try {
    patternOf(part)
    return true
  } catch {
    return false
  }
}
