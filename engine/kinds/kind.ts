/**
 * A kind answers every question about itself: its face (`face.ts`: data, words, ways out, form) and its part of the
 * statechart. Palette, inspector, checker, docs and tests iterate the lists (`faces.ts`, `index.ts`); nothing else in
 * the house names a single kind.
 */
import type { ExpectedInput } from '../step/effect.ts'
import type { Face } from './face.ts'
import type { Fragment } from './fragment.ts'
import type { Act, Change, Guard, Instant, Moment } from './moment.ts'

export interface Kind<Name extends string = string, Data = unknown> extends Face<Name, Data> {
  fragment(data: Data, node: string): Fragment
  /** How the customer may answer while the conversation rests here. */
  input?(data: Data, moment: Moment<Data>): ExpectedInput | undefined
  readonly guards: Readonly<Record<string, Guard<Data>>>
  /** What each guard asks, a question that yes or no answers, for whoever wants to know why a way was taken or not. */
  readonly asks: Readonly<Record<string, string>>
  readonly changes: Readonly<Record<string, Change<Data>>>
  readonly acts: Readonly<Record<string, Act<Data>>>
  readonly instants: Readonly<Record<string, Instant<Data>>>
}

interface Spec<Data, G extends string, C extends string, A extends string, I extends string> extends Pick<
  Kind<string, Data>,
  'input'
> {
  fragment(data: Data, node: string): Fragment<NoInfer<G>, NoInfer<C>, NoInfer<A>, NoInfer<I>>
  readonly guards?: Readonly<Record<G, Guard<Data>>>
  readonly asks?: Readonly<Record<NoInfer<G>, string>>
  readonly changes?: Readonly<Record<C, Change<Data>>>
  readonly acts?: Readonly<Record<A, Act<Data>>>
  readonly instants?: Readonly<Record<I, Instant<Data>>>
}

/**
 * Gives a face its part of the statechart. A fragment that names a guard, change, act or instant which the kind does not bring is
 * a compile error.
 */
export function defineKind<
  const Name extends string,
  Data,
  G extends string = never,
  C extends string = never,
  A extends string = never,
  I extends string = never,
>(face: Face<Name, Data>, spec: Spec<NoInfer<Data>, G, C, A, I>): Kind<Name, Data> {
  return { guards: {}, asks: {}, changes: {}, acts: {}, instants: {}, ...face, ...spec }
}

export type { ConditionAt, Face, Field, FieldType, Outlet, TextAt } from './face.ts'
export type { Json } from '../flow/values.ts'
