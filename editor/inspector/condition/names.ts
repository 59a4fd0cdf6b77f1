/**
 * The names that a text or a condition may use, from the engine's own scope: what the picker, the builder and the
 * completion offer.
 */
import type { VariableDeclarations, VariableType } from '#engine/expression/index.ts'
import { conditionNames, templateNames } from '#engine/expression/scope.ts'
import type { StaticType } from '#engine/expression/static-type.ts'
import { signalFaces, signalNames, type Face } from '#engine/signals/faces/index.ts'
import type { NameType } from './relations.ts'

export interface Name {
  /** As it is written: `customer.name`. */
  readonly path: string
  /** What it belongs to: `customer`. */
  readonly of: string
  readonly type: NameType
}

export interface Known {
  readonly variables: VariableDeclarations
  /** Keys of the profile that the flow uses somewhere; the profile is open, so these are what we can offer. */
  readonly profile: readonly string[]
}

/** What everybody's profile holds sooner or later. */
const USUAL_PROFILE = ['name', 'email', 'phone', 'tier'] as const

export function textNames(known: Known): readonly Name[] {
  return spread(templateNames(known.variables), known)
}

/** `value` is the type of the answer, where a condition judges one. */
export function conditionNamesOf(known: Known, value?: VariableType): readonly Name[] {
  return spread(conditionNames(known.variables, value), known)
}

function spread(names: ReadonlyMap<string, StaticType>, { profile }: Known): readonly Name[] {
  return [...names].flatMap(([of, type]): Name[] => {
    if (of === 'customer')
      return [...new Set([...USUAL_PROFILE, ...profile])].map((key) => ({ path: `customer.${key}`, of, type: 'any' }))
    if (of === 'signals') return signalNames.flatMap((name) => signalType(name, of))
    if (type.kind !== 'record') return [{ path: of, of, type: nameType(type) }]
    return [...type.fields].map(([key, field]) => ({ path: `${of}.${key}`, of, type: nameType(field) }))
  })
}

/** One that is a condition itself has no value. */
function signalType(name: (typeof signalNames)[number], of: string): Name[] {
  const { gives }: Pick<Face, 'gives'> = signalFaces[name]
  return gives === undefined ? [] : [{ path: `${of}.${name}`, of, type: gives }]
}

function nameType(type: StaticType): NameType {
  if (type.kind === 'record') return 'map'
  return type.kind === 'null' ? 'any' : type.kind
}
