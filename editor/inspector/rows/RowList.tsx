import type { ReactNode } from 'react'
import type { FieldProps } from '../fields/field.ts'
import { freshId } from '../list/order.ts'
import { OrderedList } from '../list/OrderedList.tsx'
import { useErrorUnder, useNodeForm } from '../node/form.tsx'
import { listOf, recordOf, textOf } from '../node/place.ts'

interface RowListProps extends FieldProps {
  /** The keys of a row whose own inputs say what is wrong with them. */
  readonly parts: readonly string[]
  readonly addLabel: string
  nameOf(row: unknown): string
  /** A new row; `id` makes an id of words that no other row has. */
  fresh(rows: readonly unknown[], id: (words: string) => string): unknown
  children(row: Readonly<Record<string, unknown>>, place: string, rows: readonly unknown[]): ReactNode
}

/** The rows of a form's ordered list, each a record at its own place. A list that may be left out goes with its last row. */
export function RowList({ field, shape, value, parts, addLabel, nameOf, fresh, children }: RowListProps) {
  const { readOnly, change } = useNodeForm()
  const { place, optional } = shape
  const rows = listOf(value)
  const error = useErrorUnder(
    place,
    rows.flatMap((_, index) => parts.map((part) => `${index}/${part}`)),
  )
  const idOf = (words: string): string =>
    freshId(
      words,
      rows.map((row) => textOf(recordOf(row)['id'])),
      'row',
    )
  return (
    <OrderedList
      label={field.label}
      help={field.help}
      error={error}
      items={rows}
      readOnly={readOnly}
      nameOf={nameOf}
      add={{ label: addLabel, make: () => fresh(rows, idOf) }}
      onChange={(next) => change(place, next.length === 0 && optional ? undefined : next)}
    >
      {(row, index) => children(recordOf(row), `${place}/${index}`, rows)}
    </OrderedList>
  )
}
