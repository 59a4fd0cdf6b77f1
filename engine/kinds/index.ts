/** THE list of kinds. A new kind is its folder and one line here. */
import type { BareNode } from '../flow/document.ts'
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

export const kinds = [
  start, say, ask, listen, branch, set, call, wait, hours, trigger, ladder, queue, ticket, callback, agent, handback, survey, close,
] as const

type Listed = (typeof kinds)[number]
export type KindName = Listed['name']
type DataOf<Each> = Each extends Kind<string, infer Data> ? Data : never
type NodeOf<Each> = Each extends Kind<infer Name, infer Data> ? Omit<BareNode, 'type' | 'data'> & { readonly type: Name; readonly data: Data } : never

/** A node of any kind, its data read by its kind. */
export type AnyNode = NodeOf<Listed>
export type NodeOfKind<Name extends KindName> = Extract<AnyNode, { readonly type: Name }>
export type KindData<Name extends KindName> = DataOf<Extract<Listed, { readonly name: Name }>>

const byName: ReadonlyMap<string, Kind> = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]))

/** The kind of that name, if there is one. */
export function kindNamed(name: string): Kind | undefined {
  return byName.get(name)
}

/** The kind of a parsed node. */
export function kindOf(node: Pick<AnyNode, 'type'>): Kind {
  const kind = byName.get(node.type)
  if (!kind) throw new Error(`There is no kind “${node.type}”.`)
  return kind
}
