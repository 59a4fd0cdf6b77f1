/**
 * A kind answers every question about itself: what its data holds, its ways out, its part of the statechart, the
 * sentence on its card, its form, its documentation and its example. Palette, inspector, checker, docs and tests iterate
 * `kinds` in `index.ts`; nothing else in the house names a single kind.
 */
import type { z } from 'zod'
import type { Phase } from '../conversation/owner.ts'
import type { Json } from '../flow/values.ts'
import type { VariableType } from '../flow/document.ts'
import type { ExpectedInput } from '../step/effect.ts'
import type { Fragment } from './fragment.ts'
import type { Act, Change, Guard, Moment } from './moment.ts'

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
  | 'template' | 'line' | 'duration' | 'number' | 'toggle' | 'select' | 'condition' | 'variable' | 'choices' | 'cases'
  | 'assignments' | 'intents' | 'headers' | 'week' | 'signals' | 'rungs' | 'team' | 'skills' | 'language' | 'relax' | 'collect' | 'to'

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
export interface TextAt { readonly path: string; readonly source: string }
export interface ConditionAt extends TextAt {
  readonly returns: 'bool' | 'number' | 'any'
  /** The type of `value`, where the condition judges one. */
  readonly withValue?: VariableType
}

export interface Kind<Name extends string = string, Data = unknown> {
  readonly name: Name
  readonly phase: Phase
  readonly title: string
  /** True where the customer's turn is taken: such a step can be left and resumed. */
  readonly rests?: true
  /** What it is for, in one or two sentences. */
  readonly doc: string
  readonly data: z.ZodType<Data>
  readonly form: readonly Field[]
  /** A node of this kind as a designer first gets it. */
  readonly initial: unknown
  outlets(data: Data): readonly Outlet[]
  sentence(data: Data): string
  texts(data: Data): readonly TextAt[]
  conditions(data: Data): readonly ConditionAt[]
  /** Variables it sets. */
  sets(data: Data): readonly string[]
  fragment(data: Data, node: string): Fragment
  /** How the customer may answer while the conversation rests here. */
  input?(data: Data, moment: Moment<Data>): ExpectedInput | undefined
  readonly guards: Readonly<Record<string, Guard<Data>>>
  readonly changes: Readonly<Record<string, Change<Data>>>
  readonly acts: Readonly<Record<string, Act<Data>>>
}

type Spec<Name extends string, Data, G extends string, C extends string, A extends string> =
  Omit<Kind<Name, Data>, 'texts' | 'conditions' | 'sets' | 'fragment' | 'guards' | 'changes' | 'acts' | 'data'> & {
    readonly data: z.ZodType<Data>
    texts?(data: Data): readonly TextAt[]
    conditions?(data: Data): readonly ConditionAt[]
    sets?(data: Data): readonly string[]
    fragment(data: Data, node: string): Fragment<NoInfer<G>, NoInfer<C>, NoInfer<A>>
    readonly guards?: Readonly<Record<G, Guard<Data>>>
    readonly changes?: Readonly<Record<C, Change<Data>>>
    readonly acts?: Readonly<Record<A, Act<Data>>>
  }

/** Declares a kind. A fragment that names a guard, change or act which the kind does not bring is a compile error. */
export function defineKind<const Name extends string, Data, G extends string = never, C extends string = never, A extends string = never>(
  spec: Spec<Name, Data, G, C, A>,
): Kind<Name, Data> {
  return { texts: () => [], conditions: () => [], sets: () => [], guards: {}, changes: {}, acts: {}, ...spec }
}

/** The paths of `data` that hold a text, when it is there. */
export function textsAt(data: Readonly<Record<string, unknown>>, ...paths: readonly string[]): TextAt[] {
  return paths.flatMap((path) => {
    const source = data[path]
    return typeof source === 'string' ? [{ path, source }] : []
  })
}

export type { Json }
