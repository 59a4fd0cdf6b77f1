/**
 * What a kind says of itself before anything runs: its data, its words, its ways out, its form. A screen and the reading
 * of a document need no more. What a kind compiles to is beside it, in `<kind>.ts`: that brings expressions, hours and
 * language along, which nobody should have to load who only draws a card. Law: a face imports nothing that runs: no kind,
 * nothing of `compile/`, `step/` or `words/`, and neither expressions, the arithmetic of hours nor the hearing of signals.
 */
import type { z } from 'zod'
import type { Phase } from '../conversation/owner.ts'
import type { VariableType } from '../flow/document.ts'

/**
 * A way out. `required`: unconnected it is an error that refuses publishing. `optional`: unconnected, what `otherwise`
 * says happens; it never strands the customer.
 */
export interface Outlet {
  readonly id: string
  readonly label: string
  readonly need: 'required' | 'optional'
  readonly otherwise?: string
}

export type FieldType =
  | 'template'
  | 'line'
  | 'duration'
  | 'number'
  | 'toggle'
  | 'select'
  | 'condition'
  | 'variable'
  | 'choices'
  | 'cases'
  | 'assignments'
  | 'intents'
  | 'headers'
  | 'week'
  | 'signals'
  | 'rungs'
  | 'team'
  | 'skills'
  | 'language'
  | 'relax'
  | 'sla'
  | 'collect'
  | 'to'

/** One row of a kind's form; `path` is a key of its data. */
export interface Field {
  readonly path: string
  readonly label: string
  readonly type: FieldType
  readonly help?: string
  readonly options?: readonly string[]
  /** The default the editor shows while the field is empty. */
  readonly placeholder?: string
}

/** A Liquid text or a CEL condition inside a node's data, at a slash path such as `cases/0/when`. */
export interface TextAt {
  readonly path: string
  readonly source: string
}
export interface ConditionAt extends TextAt {
  readonly returns: 'bool' | 'number' | 'any'
  /** The type of `value`, where the condition judges one. */
  readonly withValue?: VariableType
}

export interface Face<Name extends string = string, Data = unknown> {
  readonly name: Name
  readonly phase: Phase
  readonly title: string
  /** True where something is waited for: such a step can be left and resumed. */
  readonly rests?: true
  /** What it is for, in one or two sentences. */
  readonly doc: string
  readonly data: z.ZodType<Data>
  readonly form: readonly Field[]
  /** A node of this kind as a designer first gets it. */
  readonly initial: unknown
  outlets(data: Data): readonly Outlet[]
  /** The outlet by which a handback goes on that left here; undefined: the step is entered again. */
  resumesBy?(data: Data): string | undefined
  sentence(data: Data): string
  texts(data: Data): readonly TextAt[]
  conditions(data: Data): readonly ConditionAt[]
  /** Variables it sets. */
  sets(data: Data): readonly string[]
}

type FaceSpec<Name extends string, Data> = Omit<Face<Name, Data>, 'texts' | 'conditions' | 'sets' | 'data'> & {
  readonly data: z.ZodType<Data>
  texts?(data: Data): readonly TextAt[]
  conditions?(data: Data): readonly ConditionAt[]
  sets?(data: Data): readonly string[]
}

/** Declares a face: what it leaves out is empty. */
export function defineFace<const Name extends string, Data>(spec: FaceSpec<Name, Data>): Face<Name, Data> {
  return { texts: () => [], conditions: () => [], sets: () => [], ...spec }
}

/** The paths of `data` that hold a text, when it is there. */
export function textsAt(data: Readonly<Record<string, unknown>>, ...paths: readonly string[]): TextAt[] {
  return paths.flatMap((path) => {
    const source = data[path]
    return typeof source === 'string' ? [{ path, source }] : []
  })
}
