import type { z } from 'zod'

/** A field of the form in which a designer sets the signal's figures. */
export interface Field {
  /** The key in the configuration. */
  readonly key: string
  readonly label: string
  readonly help: string
  readonly kind: 'number' | 'words' | 'text' | 'cel'
  readonly min?: number
  readonly max?: number
  readonly step?: number
}

/** A signal's configuration in a flow: its name and its figures, all with defaults where one makes sense. */
export type ConfigSchema<Name extends string> = z.ZodObject<
  { signal: z.ZodLiteral<Name> } & z.ZodRawShape,
  z.core.$strict
>

/**
 * What a signal says of itself: a form and the reading of a flow need no more. What it hears is in `../<signal>.ts`, and
 * brings language along.
 */
export interface Face<Name extends string = string, Schema extends ConfigSchema<Name> = ConfigSchema<Name>> {
  readonly name: Name
  /** Two to four words for a list. */
  readonly title: string
  /** A markdown sentence for the documentation; says what `signals.<name>` holds in a condition. */
  readonly doc: string
  /** The type of `signals.<name>` in a condition; left out where there is none. */
  readonly gives?: 'bool' | 'number' | 'text'
  readonly config: Schema
  readonly fields: readonly Field[]
}

/** Declares a face; the types of its configuration follow from what it holds. */
export function defineFace<Name extends string, Schema extends ConfigSchema<Name>>(
  face: Face<Name, Schema>,
): Face<Name, Schema> {
  return face
}
