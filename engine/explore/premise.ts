/**
 * The circumstances in which a conversation is looked for: when it begins, who works, how calls end, what is known of the
 * customer. They are chosen from what a way through the chart demands: the case of a branch, open or closed hours, a call
 * that fails.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { WayOut } from '../compile/config.ts'
import { nlu, type Nlu } from '../conversation/events.ts'
import { declarations } from '../flow/expressions.ts'
import { milliseconds, type Json } from '../flow/values.ts'
import { isOpen, type Schedule } from '../hours/index.ts'
import type { AnyNode } from '../kinds/index.ts'
import type { Answer } from '../simulate/given.ts'
import { standIns, usualStart, type SimulatedQueue, type SimulationOptions } from '../simulate/setting.ts'
import { place, satisfy, type Known, type Wanted } from './satisfy.ts'

export interface Premise {
  readonly options: SimulationOptions
  /** What the customer answers first when asked, by variable. */
  readonly answers: ReadonlyMap<string, Json>
  /** What is understood of the customer's messages. */
  readonly nlu?: Nlu
}

/** Premises to look in, the likeliest first. */
export function premisesFor(compiled: Compiled, ways: readonly WayOut[]): readonly Premise[] {
  const { flow } = compiled
  const [usual = usualStart(flow.timezone), ...others] = moments(compiled)
  const plain = plainOptions(compiled, usual)
  const demanded = demandedBy(compiled, ways, plain)
  const failing = Object.fromEntries(
    flow.nodes.filter(isAsking).map((node): [string, Answer] => [node.id, { ok: false }]),
  )
  const all: readonly Premise[] = [
    demanded,
    { options: plain, answers: new Map() },
    ...others.flatMap((at) => [{ ...demanded, options: { ...demanded.options, at } }]),
    { ...demanded, options: { ...demanded.options, calls: failing } },
    { ...demanded, options: { ...demanded.options, agents: offline(plain) } },
  ]
  const keys = all.map((each) => JSON.stringify([each.options, [...each.answers], each.nlu ?? null]))
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
}

/** Events by themselves after which a flow goes round: nobody would follow such a path. */
const PATIENCE = 60

function plainOptions({ flow }: Compiled, at: number): SimulationOptions {
  const [someone] = standIns(flow)
  const saved = flow.nodes.flatMap(schedulesOf).filter((each) => typeof each === 'string')
  const schedules = Object.fromEntries(saved.map((id) => [id, workingWeek(flow.timezone)]))
  return {
    at,
    agents: someone === undefined ? [] : [someone],
    patience: PATIENCE,
    ...(Object.keys(schedules).length === 0 ? {} : { schedules }),
  }
}

function workingWeek(timezone: string): Schedule {
  const day = [['09:00', '17:00'] as const]
  return { timezone, week: { mon: day, tue: day, wed: day, thu: day, fri: day } }
}

function offline({ agents = [] }: SimulationOptions): NonNullable<SimulationOptions['agents']> {
  return agents.map((each) => ({ ...each, online: false }))
}

/** Whether it waits for an effect, which may fail. */
function isAsking({ type }: AnyNode): boolean {
  return type === 'call' || type === 'ticket' || type === 'callback'
}

function schedulesOf(node: AnyNode): readonly (string | Schedule)[] {
  switch (node.type) {
    case 'hours':
    case 'callback':
      return [node.data.schedule]
    case 'queue':
      return node.data.sla?.schedule === undefined ? [] : [node.data.sla.schedule]
    default:
      return []
  }
}

const known = new WeakMap<Compiled, readonly number[]>()

function moments(compiled: Compiled): readonly number[] {
  const found = known.get(compiled) ?? mixtures(compiled)
  known.set(compiled, found)
  return found
}

/** The first moment of each mixture of open and closed that two weeks bring, the usual start first. */
function mixtures({ flow }: Compiled): readonly number[] {
  const first = usualStart(flow.timezone)
  const schedules = flow.nodes.flatMap((node) =>
    node.type === 'hours' ? [scheduleOf(node.data.schedule, flow.timezone)] : [],
  )
  const days = schedules.flatMap(({ holidays = [] }) => holidays.slice(0, 3))
  const holidays = days.map((day) => Date.parse(`${day}T12:00:00Z`)).filter((at) => at > first)
  const hours = Array.from({ length: 14 * 24 }, (_, index) => first + index * milliseconds('1h'))
  const firsts = new Map<string, number>()
  for (const at of [...hours, ...holidays]) {
    const mixture = schedules.map((each) => isOpen(each, at)).join()
    if (!firsts.has(mixture)) firsts.set(mixture, at)
  }
  return [...firsts.values()].slice(0, 8)
}

function scheduleOf(schedule: string | Schedule, timezone: string): Schedule {
  return typeof schedule === 'string' ? workingWeek(timezone) : schedule
}

/** What passing these outlets takes. */
function demandedBy(compiled: Compiled, ways: readonly WayOut[], plain: SimulationOptions): Premise {
  const { nodes, flow } = compiled
  const passed = ways.flatMap(({ node: id, outlet }) => {
    const node = nodes.get(id)
    return node === undefined ? [] : [{ node, outlet }]
  })
  let known: Known = new Map()
  for (const { node, outlet } of passed) {
    const wanted = wantedBy(compiled, node, outlet)
    known = satisfy(wanted, known) ?? new Map([...known, ...(satisfy(wanted) ?? [])])
  }
  const calls: Record<string, Answer> = {}
  for (const { node, outlet } of passed) if (isAsking(node) && outlet === 'failed') calls[node.id] = { ok: false }
  const hours = passed.flatMap(({ node, outlet }) =>
    node.type === 'hours' ? [{ schedule: scheduleOf(node.data.schedule, flow.timezone), open: outlet === 'open' }] : [],
  )
  const suits = (moment: number): boolean => hours.every(({ schedule, open }) => isOpen(schedule, moment) === open)
  const at = moments(compiled).find(suits) ?? plain.at
  const full = passed.flatMap(({ node, outlet }): readonly (readonly [string, SimulatedQueue])[] =>
    node.type === 'queue' && outlet === 'full' ? [[node.data.team, { position: (node.data.maxWaiting ?? 0) + 1 }]] : [],
  )
  const isEmpty = passed.some(({ node, outlet }) => node.type === 'queue' && outlet === 'empty')
  const learned = spread(
    compiled,
    passed.map(({ node }) => node),
    known,
    calls,
  )
  return {
    ...learned,
    options: {
      ...plain,
      at,
      ...(isEmpty ? { agents: offline(plain) } : {}),
      ...learned.options,
      ...(full.length === 0 ? {} : { queues: { ...learned.options.queues, ...Object.fromEntries(full) } }),
    },
  }
}

function wantedBy({ expressions: { conditions } }: Compiled, node: AnyNode, outlet: string): readonly Wanted[] {
  const at = (path: string, comesTo: boolean): readonly Wanted[] => {
    const condition = conditions.get(`${node.id}/${path}`)
    return condition === undefined ? [] : [{ condition, comesTo }]
  }
  if (node.type === 'branch') {
    const index = node.data.cases.findIndex((each) => `case:${each.id}` === outlet)
    return node.data.cases.flatMap((_, place) =>
      index < 0 || place <= index ? at(`cases/${place}/when`, place === index) : [],
    )
  }
  if (node.type !== 'trigger') return []
  const { signals, match } = node.data
  // Where anything else may fire it, the condition need not hold.
  if (match === 'any' && signals.some((each) => each.signal !== 'value')) return []
  const values = signals.flatMap((each, index) => (each.signal === 'value' ? at(`signals/${index}/when`, true) : []))
  return match === 'any' ? values.slice(0, 1) : values
}

/** Where each thing that must be known comes from: a profile, an answer, a call, or what is understood. */
function spread(
  compiled: Compiled,
  passed: readonly AnyNode[],
  known: Known,
  ends: Readonly<Record<string, Answer>>,
): Premise {
  const declared = declarations(compiled.flow, compiled.flow.nodes)
  const told: Told = { customer: {}, variables: {}, nlu: {}, queue: {}, conversation: {} }
  const calls: Record<string, Answer> = { ...ends }
  const answers = new Map<string, Json>()
  for (const [path, value] of known) {
    const [namespace = '', name = '', ...rest] = path.split('.')
    switch (namespace) {
      case 'customer':
      case 'nlu':
      case 'queue':
      case 'conversation':
        place(told[namespace], [name, ...rest], value)
        break
      case 'signals':
        if (name === 'sentiment') place(told.nlu, [name], value)
        break
      case 'vars': {
        const saves = compiled.flow.nodes.find((node) => node.type === 'call' && node.data.save === name)
        if (passed.some((node) => node.type === 'ask' && node.data.variable === name)) answers.set(name, value)
        else if (saves !== undefined) calls[saves.id] = { ok: true, body: within(calls[saves.id]?.body, rest, value) }
        else if (Object.hasOwn(declared, name)) place(told.variables, [name, ...rest], value)
      }
    }
  }
  const understood = nlu.safeParse(told.nlu)
  const { channel, language, page } = told.conversation
  return {
    answers,
    ...(isFilled(told.nlu) && understood.success ? { nlu: understood.data } : {}),
    options: {
      ...(isFilled(told.customer) ? { customer: told.customer } : {}),
      ...(isFilled(told.variables) ? { variables: told.variables } : {}),
      ...(isFilled(calls) ? { calls } : {}),
      ...(isFilled(told.queue) ? { queues: everyQueue(compiled, asQueue(told.queue)) } : {}),
      ...(typeof channel === 'string' ? { channel } : {}),
      ...(typeof language === 'string' ? { language } : {}),
      ...(typeof page === 'string' ? { page } : {}),
    },
  }
}

type Told = Readonly<Record<'customer' | 'variables' | 'nlu' | 'queue' | 'conversation', Record<string, Json>>>

function everyQueue({ flow }: Compiled, queue: SimulatedQueue): Readonly<Record<string, SimulatedQueue>> {
  return Object.fromEntries(flow.nodes.flatMap((node) => (node.type === 'queue' ? [[node.data.team, queue]] : [])))
}

function isFilled(record: object): boolean {
  return Object.keys(record).length > 0
}

function within(body: Json | undefined, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value
  const whole: Record<string, Json> = { body: body ?? {} }
  place(whole, ['body', ...path], value)
  return whole['body'] ?? null
}

/** Conditions count minutes, a queue milliseconds. */
function asQueue({ position, eta, within }: Readonly<Record<string, Json>>): SimulatedQueue {
  const minutes = (value: Json | undefined): number | null =>
    typeof value === 'number' ? value * milliseconds('1m') : null
  const place = typeof position === 'number' ? { position: Math.max(1, Math.round(position)) } : {}
  return { ...place, eta: minutes(eta), within: minutes(within) }
}
