/** The flow as its kinds use it: texts rendered, conditions evaluated, over what the conversation knows. */
import { asksForPerson } from '../signals/index.ts'
import { isOpen, nextOpening, openingSentence } from '../hours/index.ts'
import type { Scope } from '../expression/index.ts'
import { summaryOf } from '../conversation/summary.ts'
import type { Expressions } from '../flow/expressions.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import type { AnyNode } from '../kinds/index.ts'
import type { FlowTools, Moment } from '../kinds/moment.ts'
import type { Words } from '../words/words.ts'

/** Which words a text or condition reads decides what the world is asked for. */
export function flowTools(
  flow: Flow,
  nodes: ReadonlyMap<string, AnyNode>,
  { texts, conditions }: Expressions,
): FlowTools {
  const edges = new Set(flow.edges.map((edge) => `${edge.source}\n${edge.sourceHandle}`))
  return {
    flow: flow.id,
    language: flow.language,
    timezone: flow.timezone,
    kindAt: (id) => nodes.get(id)?.type,
    botAt: (id) => {
      const node = nodes.get(id)
      return node?.type === 'listen' ? node.data.bot : undefined
    },
    priorityOf: (id) => {
      const node = nodes.get(id)
      return node?.type === 'trigger' ? (node.data.priority ?? 0) : 0
    },
    connected: (node, outlet) => edges.has(`${node}\n${outlet}`),
    asksForPerson,
    text: (moment, path) => {
      const template = texts.get(`${moment.node}/${path}`)
      if (template === undefined) return ''
      return template.isPlain ? template.source : template.render(scopeOf(moment, template.variables, nodes, 'words'))
    },
    url: (moment, path) => {
      const template = texts.get(`${moment.node}/${path}`)
      if (template === undefined) return ''
      return template.render(percentEncoded(scopeOf(moment, template.variables, nodes, 'words')))
    },
    value: (moment, path, value) => {
      const condition = conditions.get(`${moment.node}/${path}`)
      if (condition === undefined) return null
      const scope = scopeOf(moment, condition.reads, nodes, 'numbers')
      return condition.evaluate(value === undefined ? scope : { ...scope, value }).value
    },
  }
}

/** Every text in a value, percent-encoded. */
function percentEncoded<Value>(value: Value): Value {
  // Each branch gives back the shape it took: only texts inside change.
  if (typeof value === 'string') return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD')) as Value
  if (Array.isArray(value)) return value.map(percentEncoded) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, percentEncoded(inside)])) as Value
}

/**
 * The names an author may use, filled in. The queue's and the hours' are looked up only where they are read: looking up
 * what the world has not brought makes the server bring it. `eta` and `within` are words in texts and minutes in conditions.
 */
export function scopeOf(
  moment: Moment,
  reads: readonly string[],
  nodes: ReadonlyMap<string, AnyNode>,
  eta: 'words' | 'numbers',
): Scope {
  const { context, world } = moment
  const { about } = context
  return {
    customer: context.customer,
    vars: context.vars,
    nlu: world.nlu ?? {},
    agent: context.agent ?? {},
    handoff: {
      reason: context.reason?.sentence ?? '',
      note: context.note ?? '',
      ...(reads.some((path) => path.startsWith('handoff')) ? { summary: summaryOf(context, world.memory) } : {}),
    },
    ...(reads.some((path) => path.startsWith('signals')) ? { signals: world.signals } : {}),
    ...(reads.some((path) => path.startsWith('conversation'))
      ? {
          conversation: {
            id: about.id,
            channel: about.channel,
            language: about.language,
            page: about.page ?? '',
            turns: world.memory.turns,
            startedAt: new Date(about.startedAt).toISOString(),
          },
        }
      : {}),
    ...(reads.some((path) => path.startsWith('queue'))
      ? { queue: queueScope(moment, nodes, context.waiting?.team, eta, moment.words) }
      : {}),
    ...(reads.some((path) => path.startsWith('hours')) ? { hours: hoursScope(moment, nodes) } : {}),
  }
}

function queueScope(
  { context, world }: Moment,
  nodes: ReadonlyMap<string, AnyNode>,
  joined: string | undefined,
  eta: 'words' | 'numbers',
  words: Words,
): object {
  const team = joined ?? firstTeam(nodes)
  const facts = team === undefined ? undefined : world.queue(team)
  const waited = context.waiting === null ? 0 : Math.max(0, Math.floor((world.now - context.waiting.since) / 60_000))
  const minutes = facts?.eta == null ? undefined : Math.max(1, Math.round(facts.eta / 60_000))
  // What is kept by nine of ten is not shortened by rounding.
  const within = facts?.within == null ? undefined : Math.max(1, Math.ceil(facts.within / 60_000))
  return {
    team: team ?? '',
    waitedMinutes: waited,
    ...(facts === undefined ? (eta === 'words' ? { position: 1 } : {}) : { position: facts.position }),
    ...(eta === 'words'
      ? {
          eta: minutes === undefined ? words.aFewMinutes : words.minutes(minutes),
          within: within === undefined ? words.aWhile : words.minutes(within),
        }
      : { ...(minutes === undefined ? {} : { eta: minutes }), ...(within === undefined ? {} : { within }) }),
  }
}

function firstTeam(nodes: ReadonlyMap<string, AnyNode>): string | undefined {
  for (const node of nodes.values()) if (node.type === 'queue') return node.data.team
  return undefined
}

/** The hours last looked at; else the flow's first. */
function hoursScope({ context, world }: Moment, nodes: ReadonlyMap<string, AnyNode>): object {
  const looked = context.hours === null ? undefined : nodes.get(context.hours)
  const node = looked?.type === 'hours' ? looked : [...nodes.values()].find((each) => each.type === 'hours')
  if (node?.type !== 'hours') return {}
  const { schedule } = node.data
  const listener = { language: context.about.language, now: world.now, timezone: timezoneOf(context.customer) }
  if (typeof schedule !== 'string') {
    const opens = nextOpening(schedule, world.now)
    return {
      open: isOpen(schedule, world.now),
      ...(opens === null ? {} : { opens: openingSentence(schedule, opens, listener) }),
    }
  }
  const facts = world.hours(schedule)
  if (facts === undefined) return {}
  const weekless = { timezone: facts.timezone, week: {} }
  return {
    open: facts.open,
    ...(facts.opens === null ? {} : { opens: openingSentence(weekless, facts.opens, listener) }),
  }
}

/** The customer's own zone, where the profile tells it. */
function timezoneOf({ timezone }: Readonly<Record<string, Json>>): string | undefined {
  return typeof timezone === 'string' ? timezone : undefined
}
