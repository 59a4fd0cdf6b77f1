/**
 * Whether a running conversation may go on on another version of its flow. The proof, in words. It may when
 *   1. the node where it stands is there with the same kind, and inside it the same rung;
 *   2. what it was asked, offered or promised there still holds (`standing.ts`), and all it may answer with is still taken;
 *   3. every other node that its snapshot names is there with the same kind, or provably nobody asks for it: the step and
 *      the bot to go back to, the queue it waits in or would come back to, the hours its texts speak of, the trigger
 *      whose priority it brings along, a queue for promises to be taken up in, and the places of the bot's history;
 *   4. its variables have the type they had, or are variables no more;
 *   5. every deadline that runs is known to the new version, or is one that may end without harm;
 *   6. XState, given the snapshot on the new machine, comes to the very same state: a restore under a changed machine can
 *      succeed silently and be wrong.
 *
 * Laws: a conversation on the version it moves to already is judged as any other and moves; edits of layout and texts
 * always let it move; whatever may move takes afterwards every event it took before, and every deadline that runs.
 */
import { placeOf, persisted, runnerOf, type Place } from '../compile/runner.ts'
import type { Compiled } from '../compile/compiled.ts'
import { LEFT, RESUME } from '../compile/config.ts'
import { queueOf } from '../compile/routes.ts'
import { view } from '../conversation/view.ts'
import type { VariableDeclarations } from '../expression/index.ts'
import { declarations } from '../flow/expressions.ts'
import { kindOf } from '../kinds/index.ts'
import { isEqual } from '../simulate/expect.ts'
import type { ExpectedInput } from '../step/effect.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { migrated, stateAt } from './migrated.ts'
import { mayEnd } from './notes.ts'
import { unfit } from './standing.ts'

export const ENDED = 'it has ended'

/** Two versions, with what is looked up for every conversation anew. */
export interface Pair {
  readonly from: Compiled
  readonly to: Compiled
  /** The variables of each. */
  readonly knew: VariableDeclarations
  readonly knows: VariableDeclarations
  /** Whether any text or condition of the new version speaks of hours. */
  readonly readsHours: boolean
  /** Whether promises that the old version could take up cannot be taken up in the new one. */
  readonly losesQueue: boolean
}

export function pairOf(from: Compiled, to: Compiled): Pair {
  return {
    from,
    to,
    knew: declarations(from.flow, from.flow.nodes),
    knows: declarations(to.flow, to.flow.nodes),
    readsHours: readsHours(to),
    losesQueue: queueOf(from.flow) !== undefined && queueOf(to.flow) === undefined,
  }
}

/** Why a conversation cannot move, in a designer's words; undefined when it can. */
export function whyNot(pair: Pair, snapshot: Snapshot): string | undefined {
  const { from, to } = pair
  if (snapshot.closed) return ENDED
  if (from.flow.id !== to.flow.id) return `“${to.flow.id}” is another flow`
  const place = placeOf(snapshot.machine.value)
  return (
    whereItStands(pair, snapshot, place) ??
    whatItNames(pair, snapshot, place) ??
    whatItKnows(pair, snapshot) ??
    whatItTakes(pair, snapshot, place) ??
    whatItBecomes(to, snapshot, place)
  )
}

/** Why no conversation that stands at a node could go on there. */
export function whyNotAt({ from, to }: Pair, id: string): string | undefined {
  const before = from.nodes.get(id)
  const after = to.nodes.get(id)
  if (after === undefined) return `“${id}”, where it stands, is not in the new version`
  const fault = before === undefined ? 'was not in its own version' : unfit(before, after)
  return fault === undefined ? undefined : `“${id}” ${fault}`
}

function whereItStands(
  pair: Pair,
  { machine: { context }, timers }: Snapshot,
  { node, path }: Place,
): string | undefined {
  const [before, after] = [pair.from.nodes.get(node), pair.to.nodes.get(node)]
  if (before === undefined || after === undefined || before.type !== after.type) return whyNotAt(pair, node)
  const fault = unfit(before, after, { context, rung: path.split('.')[2] ?? null })
  if (fault !== undefined) return `“${node}” ${fault}`
  const ended = mayEnd(before) ? undefined : timers.find((timer) => !pair.to.timers.has(timer.id))
  return ended && `its deadline “${ended.id}” is not in the new version`
}

function whatItNames(pair: Pair, snapshot: Snapshot, { node, phase }: Place): string | undefined {
  const { at, talk, waiting, hours, reason } = snapshot.machine.context
  const trigger = reason?.trigger
  const named: readonly (readonly [string | null | undefined, string])[] = [
    [at, 'where the bot would go on'],
    [talk, 'the bot it would go back to'],
    [waiting?.node, 'the queue it would come back to'],
    [pair.readsHours ? hours : null, 'the hours it looked at last'],
    [
      trigger !== undefined && pair.from.tools.priorityOf(trigger) !== 0 ? trigger : null,
      'the trigger that raised its priority',
    ],
  ]
  for (const [id, role] of named) {
    const fault = id == null || id === node ? undefined : gone(pair, id, role)
    if (fault !== undefined) return fault
  }
  // A ticket or a callback may be taken up at any time, and leads to a queue.
  if (pair.losesQueue) return 'the new version has no queue in which a promise could be taken up'
  return phase === 'agentActive' ? placeKept(pair, snapshot) : undefined
}

function gone({ from, to }: Pair, id: string, role: string): string | undefined {
  const [before, after] = [from.nodes.get(id), to.nodes.get(id)]
  if (after === undefined) return `“${id}”, ${role}, is not in the new version`
  return before === undefined || before.type === after.type
    ? undefined
    : `“${id}”, ${role}, was a “${kindOf(before).title}” and is a “${kindOf(after).title}” now`
}

/** A customer whose person is lost or passes them on comes back to the queue at the place they had. */
function placeKept({ from, to }: Pair, { machine: { context } }: Snapshot): string | undefined {
  const id = context.waiting?.node
  if (id === undefined) return undefined
  const [before, after] = [from.nodes.get(id), to.nodes.get(id)]
  const fault = before === undefined || after === undefined ? undefined : unfit(before, after, { context, rung: null })
  return fault === undefined ? undefined : `“${id}”, the queue it would come back to, ${fault}`
}

function whatItKnows({ knew, knows }: Pair, { machine: { context } }: Snapshot): string | undefined {
  const changed = Object.keys(context.vars).find((name) => context.vars[name] !== null && isRetyped(knew, knows, name))
  return changed === undefined
    ? undefined
    : `it knows “${changed}” as a ${knew[changed]?.type}, and that is a ${knows[changed]?.type} now`
}

/** Whether a variable is there in both, and of another type. */
export function isRetyped(knew: VariableDeclarations, knows: VariableDeclarations, name: string): boolean {
  return Object.hasOwn(knew, name) && Object.hasOwn(knows, name) && knew[name]?.type !== knows[name]?.type
}

function whatItTakes({ from, to }: Pair, snapshot: Snapshot, { path }: Place): string | undefined {
  const taken = to.expects(path)
  const lost = from.expects(path).find((type) => !taken.includes(type))
  if (lost !== undefined) return `it takes “${lost}” where it stands, and would not any more`
  const [asked, asks] = [view(from.flow, snapshot).input, view(to.flow, snapshot).input]
  return asked !== undefined && !covers(asks, asked)
    ? 'what the customer may answer with would not be taken any more'
    : undefined
}

function covers(asks: ExpectedInput | undefined, asked: ExpectedInput): boolean {
  const choices = new Set(asks?.choices?.map((each) => each.id))
  return asks?.as === asked.as && (asked.choices ?? []).every((each) => choices.has(each.id))
}

/** The snapshot on the new machine, held against what was meant. */
function whatItBecomes(to: Compiled, snapshot: Snapshot, { path }: Place): string | undefined {
  const state = stateAt(to, path)
  if (state === undefined || state.states !== undefined) return `the new version has no state “${path}”`
  const { machine } = migrated(
    to.flow,
    snapshot,
    { type: 'conversation.migrated', from: snapshot.flow.version, version: 0 },
    snapshot.at,
  ).snapshot
  const lost = Object.keys(snapshot.machine.history).length > Object.keys(machine.history).length
  if (lost && resumesByHistory(to, snapshot)) return 'the place where the bot was left last is not in the new version'
  const restored = persisted(runnerOf(to.machine).restore(machine))
  const same =
    isEqual(restored.value, machine.value) &&
    isEqual(restored.history, machine.history) &&
    restored.context === machine.context
  return same ? undefined : `XState would restore it as ${JSON.stringify(restored.value)}`
}

/**
 * Whether history may yet be asked where the bot goes on. While the bot has the word it may not: history is written
 * anew on leaving. Else a way back asks it only when no guarded way before it leads on.
 */
function resumesByHistory({ chart: { config } }: Compiled, { phase, machine: { context } }: Snapshot): boolean {
  if (phase === 'bot') return false
  const ways = config.states?.['bot']?.states?.[RESUME]?.always ?? []
  const taken = ways.find(({ guard }) => guard === undefined || guard.params?.['at'] === (context.at ?? ''))
  return taken?.target?.endsWith(`.${LEFT}`) ?? true
}

function readsHours({ expressions: { texts, conditions } }: Compiled): boolean {
  const reads = (paths: readonly string[]): boolean => paths.some((path) => path.startsWith('hours'))
  return (
    [...texts.values()].some((text) => reads(text.variables)) ||
    [...conditions.values()].some((condition) => reads(condition.reads))
  )
}
