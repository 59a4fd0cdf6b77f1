/**
 * The kinds with what they compile to, each under the name of its face: one that `faces.ts` lists and this file forgets
 * is a compile error.
 */
import { faces, type AnyNode, type KindData, type KindName } from './faces.ts'
import type { Kind } from './kind.ts'
import { agent } from './agent/agent.ts'
import { ask } from './ask/ask.ts'
import { branch } from './branch/branch.ts'
import { call } from './call/call.ts'
import { callback } from './callback/callback.ts'
import { close } from './close/close.ts'
import { handback } from './handback/handback.ts'
import { hours } from './hours/hours.ts'
import { ladder } from './ladder/ladder.ts'
import { listen } from './listen/listen.ts'
import { queue } from './queue/queue.ts'
import { say } from './say/say.ts'
import { set } from './set/set.ts'
import { start } from './start/start.ts'
import { survey } from './survey/survey.ts'
import { ticket } from './ticket/ticket.ts'
import { trigger } from './trigger/trigger.ts'
import { wait } from './wait/wait.ts'

const kindByName = {
  start,
  say,
  ask,
  listen,
  branch,
  set,
  call,
  wait,
  hours,
  trigger,
  ladder,
  queue,
  ticket,
  callback,
  agent,
  handback,
  survey,
  close,
} satisfies { readonly [Name in KindName]: Kind<Name, KindData<Name>> }

/** All kinds, in the order of their faces. */
export const kinds: readonly (typeof kindByName)[KindName][] = faces.map((face) => kindByName[face.name])

const named: ReadonlyMap<string, Kind> = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]))

/** The kind of that name, if there is one. */
export function kindNamed(name: string): Kind | undefined {
  return named.get(name)
}

/** The kind of a parsed node. */
export function kindOf(node: Pick<AnyNode, 'type'>): Kind {
  const kind = kindNamed(node.type)
  if (!kind) throw new Error(`There is no kind “${node.type}”.`)
  return kind
}

export type { AnyNode, KindData, KindName, NodeOfKind } from './faces.ts'
