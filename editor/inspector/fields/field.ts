import type { Field } from '#engine/kinds/face.ts'
import type { Shape } from '../node/shape.ts'

/** What the row of a form gets, whatever its type. */
export interface FieldProps {
  readonly field: Field
  readonly shape: Shape
  /** What stands at `shape.place` of the document, of whatever type. */
  readonly value: unknown
}
