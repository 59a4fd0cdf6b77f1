/**
 * What of a node's data a conversation that stands there rests on: what the customer was asked, offered or promised by it.
 * A kind that is not in the table rests on all of its data but texts and labels, so that a new kind is judged too strictly
 * rather than too freely. What is not rested on may change: a text, a length of time (a deadline that runs keeps the time
 * it was promised), and everything that is only looked at on the way in or out.
 */
import type { Json } from '../flow/values.ts'
import { kindOf, type AnyNode, type KindData, type KindName } from '../kinds/index.ts'
import { isEqual } from '../simulate/expect.ts'
import type { MachineContext } from '../step/snapshot.ts'

/** How a conversation stands at a node. Left out: what is asked is whether any conversation could. */
export interface Standing {
  readonly context: MachineContext
  /** The state inside the node, where it has states of its own. */
  readonly rung: string | null
}

/**
 * Why a conversation that stands at the node of one version cannot stand at the same node of another, in words that go on
 * from the node's name; undefined when it can.
 */
export function unfit(before: AnyNode, after: AnyNode, standing?: Standing): string | undefined {
  if (before.type !== after.type) return `was a “${kindOf(before).title}” and is a “${kindOf(after).title}” now`
  // The entry of a kind takes the data of that kind, and both nodes are of it.
  const judge = judges[before.type] as Judge<KindName> | undefined
  if (judge !== undefined) return judge(before.data, after.data, standing)
  return isEqual(withoutWords(before), withoutWords(after)) ? undefined : 'does something else now'
}

/** A node's data without what is only read: its texts and the labels of its choices. */
export function withoutWords(node: AnyNode): Json {
  const texts = new Set(
    kindOf(node)
      .texts(node.data)
      .map((text) => text.path),
  )
  const strip = (value: Json, path: string): Json => {
    if (Array.isArray(value)) return value.map((each: Json, index) => strip(each, `${path}${index}/`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inside]): [string, Json][] =>
        key === 'label' || inside === undefined || texts.has(path + key)
          ? []
          : [[key, strip(inside, `${path}${key}/`)]],
      ),
    )
  }
  // A document's data is JSON: it was read from one.
  return strip(node.data as Json, '')
}

type Judge<Name extends KindName> = (
  before: KindData<Name>,
  after: KindData<Name>,
  standing: Standing | undefined,
) => string | undefined

const judges: { readonly [Name in KindName]?: Judge<Name> } = {
  ask: (before, after, standing) => {
    if (before.variable !== after.variable)
      return `keeps its answer in “${after.variable}” now, not in “${before.variable}”`
    if (before.as !== after.as) return `asks for a “${after.as}” now, not for a “${before.as}”`
    const gone = missing(before.choices, after.choices)
    if (gone !== undefined) return `offered the choice “${gone}”, which is gone`
    return tooManyTries(standing, after.attempts)
  },
  listen: (before, after) => {
    if (before.bot !== after.bot) return `is held by ${bot(after.bot)} now, not by ${bot(before.bot)}`
    const gone = missing(before.intents, after.intents)
    return gone === undefined ? undefined : `took the intent “${gone}”, which is gone`
  },
  call: (before, after) => {
    const asked = ({ method, url, headers = {}, body, save }: KindData<'call'>): Json => [
      method,
      url,
      headers,
      body ?? null,
      save ?? null,
    ]
    return isEqual(asked(before), asked(after))
      ? undefined
      : 'calls otherwise now, and the answer to the call under way would be taken for that of the new one'
  },
  wait: () => undefined,
  ladder: (before, after, standing) => {
    if (standing?.rung == null) return undefined
    const rungs = kindsUpTo(before, standing.rung)
    if (rungs === undefined || !isEqual(rungs, kindsUpTo(after, standing.rung) ?? null))
      return `had other rungs up to “${standing.rung}”`
    const rung = after.rungs[rungs.length - 1]
    return rung?.kind === 'rephrase' ? tooManyTries(standing, rung.attempts) : undefined
  },
  queue: (before, after, standing) => {
    const need = needs.find(([, of]) => !isEqual(of(before), of(after)))
    if (need !== undefined)
      return before.team === after.team
        ? `asks for ${need[0]} otherwise now`
        : `leads to the team “${after.team}” now, not to “${before.team}”`
    const waiting = standing?.context.waiting
    if (waiting?.sla && after.sla === undefined) return 'promised a first answer, which nobody would watch'
    if (waiting?.preferred?.until != null && after.sameAgent === undefined)
      return 'keeps the customer for the person of last time, and nobody would let go of it'
    return undefined
  },
  ticket: (_, after, standing) => {
    const asking = standing?.context.errand?.asking
    return asking == null || after.collect.some((field) => field === asking)
      ? undefined
      : `asked for the ${asking}, which it does not want now`
  },
  callback: (before, after) =>
    before.slot === after.slot && isEqual(json(before.schedule), json(after.schedule))
      ? undefined
      : 'offered times of other hours or another length',
  agent: () => undefined,
  survey: (before, after) =>
    before.scale === after.scale ? undefined : `asked for 1 to ${before.scale}, and takes 1 to ${after.scale} now`,
  close: () => undefined,
}

/** What a place in a queue was given on joining, and is offered to agents by. */
const needs: readonly (readonly [string, (queue: KindData<'queue'>) => Json])[] = [
  ['the team', (queue) => queue.team],
  ['skills', (queue) => queue.skills ?? {}],
  ['preferred skills', (queue) => queue.prefer ?? {}],
  ['the language', (queue) => queue.language ?? null],
  ['the customer’s tier', (queue) => queue.tier],
  ['less with time', (queue) => json(queue.relax ?? [])],
]

function missing(
  before: readonly { readonly id: string }[] = [],
  after: readonly { readonly id: string }[] = [],
): string | undefined {
  return before.find((each) => !after.some((other) => other.id === each.id))?.id
}

function bot(name: string | undefined): string {
  return name === undefined ? 'whoever calls the API' : `the bot “${name}”`
}

function tooManyTries(standing: Standing | undefined, attempts: number): string | undefined {
  const asked = (standing?.context.tries ?? 0) + 1
  return asked <= attempts
    ? undefined
    : `has asked ${asked} times already, and asks ${attempts === 1 ? 'once' : `${attempts} times`} at most now`
}

/** The kinds of a ladder's rungs, up to the one of that state; undefined when it has no such state. */
function kindsUpTo(ladder: KindData<'ladder'>, rung: string): readonly string[] | undefined {
  const states = kindOf({ type: 'ladder' }).fragment(ladder, '').rungs ?? []
  const index = states.findIndex((state) => state.id === rung)
  return index < 0 ? undefined : ladder.rungs.slice(0, index + 1).map((each) => each.kind)
}

/** Data of a document, which is JSON; what is left out of it is left out here. */
function json(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json
}
