/**
 * What is given: facts of the world as somebody says them, instead of as the simulated people, queues and schedules
 * bring them about. A recorded conversation plays in the world in which it was: what the queue said, when it was open,
 * how its calls ended. What is given holds until something else is given.
 */
import { z } from 'zod'
import type { Facts, HoursFacts, LastAgent, QueueFacts } from '../conversation/events.ts'
import { duration, id, ID_PATTERN, milliseconds, name, type Json } from '../flow/values.ts'
import type { Want } from '../step/result.ts'
import { durationText } from './duration.ts'

/** How what a node asks of the world ends: a call's answer, or whether a ticket or a callback succeeds. */
export interface Answer {
  readonly ok: boolean
  readonly status?: number | undefined
  readonly body?: Json | undefined
  readonly error?: string | undefined
  /** How long it takes, such as `"3s"`; left out: no time. */
  readonly after?: string | undefined
}

/** Times are epoch ms, lengths ms. `due` has its keys without the moment that it counts from: `<schedule>:<length>`. */
export interface Given {
  readonly queues?: Readonly<Record<string, QueueFacts>> | undefined
  readonly hours?: Readonly<Record<string, HoursFacts>> | undefined
  readonly slots?: Readonly<Record<string, readonly number[]>> | undefined
  readonly booked?: Readonly<Record<string, readonly number[]>> | undefined
  readonly due?: Readonly<Record<string, number | null>> | undefined
  readonly last?: LastAgent | null | undefined
  readonly calls?: Readonly<Record<string, Answer>> | undefined
}

const someId = z.string().min(1, 'must not be empty').max(100, 'must be 100 characters at most')
const someKey = z.string().min(1, 'must not be empty').max(300, 'must be 300 characters at most')
export const instant = z.iso.datetime({ offset: true, error: 'must be a time such as "2026-03-02T10:00:00Z"' })
const instants = z.array(instant).max(1_000, 'must hold 1000 times at most').readonly()
const json: z.ZodType<Json> = z.json()

export const answer = z.strictObject({
  ok: z.boolean().default(true),
  status: z.number().int().min(100).max(599).optional(),
  body: json.optional(),
  error: z.string().min(1, 'must say something').max(2_000, 'must be 2000 characters at most').optional(),
  after: duration.optional(),
})
export const answers = z.record(z.string().regex(ID_PATTERN, 'must be a node’s id'), answer)

/** As it stands in a scenario: durations and times as a person writes them. */
export const givenText = z
  .strictObject({
    queues: z
      .record(
        someId,
        z.strictObject({
          position: z.number().int().min(1),
          eta: duration.nullable().optional(),
          within: duration.nullable().optional(),
          online: z.number().int().min(0),
          waiting: z.number().int().min(0).optional(),
        }),
      )
      .optional(),
    hours: z
      .record(id, z.strictObject({ open: z.boolean(), opens: instant.nullable().optional(), timezone: name }))
      .optional(),
    slots: z.record(someKey, instants).optional(),
    booked: z.record(someKey, instants).optional(),
    due: z.record(someKey, instant.nullable()).optional(),
    last: z.strictObject({ id: someId, name, bot: name.optional(), online: z.boolean() }).nullable().optional(),
    calls: answers.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'must give something')
export type GivenText = z.output<typeof givenText>

export function givenOf({ queues, hours, slots, booked, due, last, calls }: GivenText): Given {
  return {
    ...(queues && {
      queues: mapped(queues, ({ position, eta, within, online, waiting = position - 1 }) => ({
        position,
        eta: lengthOf(eta),
        within: lengthOf(within),
        online,
        waiting,
      })),
    }),
    ...(hours && {
      hours: mapped(hours, (each) => ({ ...each, opens: each.opens == null ? null : Date.parse(each.opens) })),
    }),
    ...(slots && { slots: mapped(slots, (times) => times.map((each) => Date.parse(each))) }),
    ...(booked && { booked: mapped(booked, (times) => times.map((each) => Date.parse(each))) }),
    ...(due && { due: mapped(due, (time) => (time === null ? null : Date.parse(time))) }),
    ...(last === undefined
      ? {}
      : {
          last: last && {
            id: last.id,
            name: last.name,
            ...(last.bot === undefined ? {} : { bot: last.bot }),
            online: last.online,
          },
        }),
    ...(calls && { calls }),
  }
}

export function givenInWords({ queues, hours, slots, booked, due, last, calls }: Given): GivenText {
  return {
    ...(queues && {
      queues: mapped(queues, ({ position, eta, within, online, waiting }) => ({
        position,
        // Logs of the past know less of a queue.
        ...(eta == null ? {} : { eta: durationText(eta) }),
        ...(within == null ? {} : { within: durationText(within) }),
        online,
        waiting,
      })),
    }),
    ...(hours && {
      hours: mapped(hours, ({ open, opens, timezone }) => ({
        open,
        ...(opens === null ? {} : { opens: iso(opens) }),
        timezone,
      })),
    }),
    ...(slots && { slots: mapped(slots, (times) => times.map(iso)) }),
    ...(booked && { booked: mapped(booked, (times) => times.map(iso)) }),
    ...(due && { due: mapped(due, (time) => (time === null ? null : iso(time))) }),
    ...(last === undefined ? {} : { last }),
    ...(calls && { calls: mapped(calls, (each) => ({ ...each })) }),
  }
}

/** What is given now, and what was given before and still holds. */
export function givenThen(before: Given | undefined, now: Given): Given {
  if (before === undefined) return now
  const last = now.last === undefined ? before.last : now.last
  return {
    ...both('queues', before, now),
    ...both('hours', before, now),
    ...both('slots', before, now),
    ...both('booked', before, now),
    ...both('due', before, now),
    ...(last === undefined ? {} : { last }),
    ...both('calls', before, now),
  }
}

/** What is given of what a step wants to know; undefined for what nobody has said. */
export function givenFact(given: Given | undefined, want: Want): Facts | undefined {
  if (given === undefined) return undefined
  if (want === 'last:') return given.last === undefined ? undefined : { last: given.last }
  const key = want.slice(want.indexOf(':') + 1)
  if (want.startsWith('queue:')) return known(given.queues, key, (found) => ({ queues: { [key]: found } }))
  if (want.startsWith('hours:')) return known(given.hours, key, (found) => ({ hours: { [key]: found } }))
  if (want.startsWith('slots:')) return known(given.slots, key, (found) => ({ slots: { [key]: found } }))
  if (want.startsWith('booked:')) return known(given.booked, key, (found) => ({ booked: { [key]: found } }))
  if (want.startsWith('due:')) return known(given.due, dueKey(key), (found) => ({ due: { [key]: found } }))
  return undefined
}

/** What facts of an event are, as given. Names of agents stand in a scenario’s list of agents. */
export function givenByFacts({ queues, hours, slots, booked, due, last }: Facts): Given {
  return {
    ...(queues && { queues }),
    ...(hours && { hours }),
    ...(slots && { slots }),
    ...(booked && { booked }),
    ...(due && { due: Object.fromEntries(Object.entries(due).map(([key, at]) => [dueKey(key), at])) }),
    ...(last === undefined ? {} : { last }),
  }
}

/** `<schedule>:<from>:<length>` without the moment: a scenario may play at another time. */
function dueKey(query: string): string {
  const [schedule, , length] = query.split(':')
  return `${schedule}:${length}`
}

function both<const Name extends Exclude<keyof Given, 'last'>>(
  part: Name,
  before: Given,
  now: Given,
): Pick<Given, Name> {
  const merged = before[part] === undefined ? now[part] : { ...before[part], ...now[part] }
  // Both sides are the same part, and so is what they make together.
  return (merged === undefined ? {} : { [part]: merged }) as Pick<Given, Name>
}

function known<Value>(
  from: Readonly<Record<string, Value>> | undefined,
  key: string,
  facts: (value: Value) => Facts,
): Facts | undefined {
  if (from === undefined || !Object.hasOwn(from, key)) return undefined
  // hasOwn has just seen it.
  return facts(from[key] as Value)
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function lengthOf(text: string | null | undefined): number | null {
  return text == null ? null : milliseconds(text)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
