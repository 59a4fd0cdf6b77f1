/**
 * THE list of kinds as designers see it. A new kind is its folder and one line here; `index.ts`, which brings what each
 * compiles to, does not compile until it is named there too. They are two files because whoever loads this one must not
 * load the other.
 */
import type { BareNode } from '../flow/document.ts'
import type { Face } from './face.ts'
import { agentFace } from './agent/face.ts'
import { askFace } from './ask/face.ts'
import { branchFace } from './branch/face.ts'
import { callFace } from './call/face.ts'
import { callbackFace } from './callback/face.ts'
import { closeFace } from './close/face.ts'
import { handbackFace } from './handback/face.ts'
import { hoursFace } from './hours/face.ts'
import { ladderFace } from './ladder/face.ts'
import { listenFace } from './listen/face.ts'
import { queueFace } from './queue/face.ts'
import { sayFace } from './say/face.ts'
import { setFace } from './set/face.ts'
import { startFace } from './start/face.ts'
import { surveyFace } from './survey/face.ts'
import { ticketFace } from './ticket/face.ts'
import { triggerFace } from './trigger/face.ts'
import { waitFace } from './wait/face.ts'

export const faces = [
  startFace,
  sayFace,
  askFace,
  listenFace,
  branchFace,
  setFace,
  callFace,
  waitFace,
  hoursFace,
  triggerFace,
  ladderFace,
  queueFace,
  ticketFace,
  callbackFace,
  agentFace,
  handbackFace,
  surveyFace,
  closeFace,
] as const

type Listed = (typeof faces)[number]
export type KindName = Listed['name']
type DataOf<Each> = Each extends Face<string, infer Data> ? Data : never
type NodeOf<Each> =
  Each extends Face<infer Name, infer Data>
    ? Omit<BareNode, 'type' | 'data'> & { readonly type: Name; readonly data: Data }
    : never

/** A node of any kind, its data read by its kind. */
export type AnyNode = NodeOf<Listed>
export type NodeOfKind<Name extends KindName> = Extract<AnyNode, { readonly type: Name }>
export type KindData<Name extends KindName> = DataOf<Extract<Listed, { readonly name: Name }>>

const byName: ReadonlyMap<string, Face> = new Map<string, Face>(faces.map((face) => [face.name, face]))

/** The face of the kind of that name, if there is one. */
export function faceNamed(name: string): Face | undefined {
  return byName.get(name)
}

/** The face of a parsed node's kind. */
export function faceOf(node: Pick<AnyNode, 'type'>): Face {
  const face = byName.get(node.type)
  if (!face) throw new Error(`There is no kind “${node.type}”.`)
  return face
}
