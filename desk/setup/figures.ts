/** Figures by name, as skills and weights are: rows while they are written, a record when they are sent. */
import type { Detail } from '#ui/request.ts'
import { words } from '../words/en.ts'

const { fault } = words.setup

/** A name and a figure, as skills and weights are written. */
export interface Figure {
  readonly name: string
  /** Empty: nothing is written there yet. */
  readonly figure: number | ''
}

export interface Bounds {
  readonly least: number
  readonly most: number
}

/** What a record has no place for: rows without a name or a figure that fits, and names that stand twice. */
export function figureFaults(field: string, rows: readonly Figure[], { least, most }: Bounds): readonly Detail[] {
  return rows.flatMap(({ name, figure }, index) => {
    const message =
      name.trim() === ''
        ? fault.missing
        : rows.findIndex((each) => each.name.trim() === name.trim()) < index
          ? fault.twice
          : figure === '' || figure < least || figure > most
            ? fault.number(least, most)
            : null
    return message === null ? [] : [{ pointer: `/${field}/#${index}`, message }]
  })
}

/** What is wrong with a single figure as it is typed; empty is left out, where that is possible. */
export function typedFaults(field: string, typed: string, { least, most }: Bounds): readonly Detail[] {
  const figure = Number(typed)
  const fits = typed.trim() !== '' && Number.isInteger(figure) && figure >= least && figure <= most
  return fits ? [] : [{ pointer: `/${field}`, message: fault.number(least, most) }]
}

export function figuresOf(record: Readonly<Record<string, number>> = {}): readonly Figure[] {
  return Object.entries(record).map(([name, figure]) => ({ name, figure }))
}

export function recordOf(rows: readonly Figure[]): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.flatMap(({ name, figure }) => (figure === '' ? [] : [[name.trim(), figure]])))
}
