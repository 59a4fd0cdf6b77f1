/**
 * How far a signal is from matching: what "why not" is answered with.
 * Law: as many further turns as `turns` says, each speaking for the signal, make it match, and no fewer do.
 */
import { times } from './sentence.ts'

export interface Distance {
  /** 0: nothing speaks for it; just under 1: the least is missing. */
  readonly near: number
  /** The smallest change that would have made it match, in plain English: "confidence 0.61, fires below 0.6". */
  readonly needs: string
  /** Further messages or reports that speak for it until it matches; left out where no number of them would do. */
  readonly turns?: number
}

/** Of something that is counted: `count` of `of` are there, and one more of them is `one`. */
export function counted(count: number, of: number, needs: string): Distance {
  return { near: share(count, of), needs, turns: of - count }
}

/** A part of a whole that is not there yet. */
export function share(part: number, whole: number): number {
  return Number.isFinite(part / whole) ? Math.min(0.99, Math.max(0, part / whole)) : 0
}

/** "once more", "three times more". */
export function more(count: number): string {
  return `${times(count)} more`
}

/**
 * Of a figure that must pass a limit several turns in a row: `latest` stands against it, `row` turns have passed it,
 * and `rowBefore` had when the latest turn came.
 */
export function inARow(
  row: number,
  {
    of,
    rowBefore,
    said,
    limit,
    isPossible = true,
  }: {
    readonly of: number
    readonly rowBefore: number
    /** "confidence 0.61"; undefined while nothing is known. */
    readonly said: string | undefined
    /** "below 0.6". */
    readonly limit: string
    /** False where no figure can be on that side of it. */
    readonly isPossible?: boolean
  },
  near: number,
): Distance {
  const turns = of - row
  if (!isPossible) return { near: 0, needs: `another figure: nothing is ${limit}` }
  if (said === undefined) return { near: 0, needs: `${times(of)} ${limit}`, turns }
  if (row > 0) return { near: share(row, of), needs: `${more(turns)} ${limit}`, turns }
  const still = of - rowBefore - 1
  const needs = `${said}, fires ${limit}${still === 0 ? '' : `; ${more(still)} needed`}`
  return { near: share(rowBefore + share(near, 1), of), needs, turns }
}

/** How many of the latest figures hold, one after the other, and how many did before the latest came. */
export function rows(
  figures: readonly number[],
  holds: (figure: number) => boolean,
): { readonly row: number; readonly rowBefore: number } {
  const rowIn = (of: readonly number[]): number => of.length - 1 - of.findLastIndex((each) => !holds(each))
  return { row: rowIn(figures), rowBefore: rowIn(figures.slice(0, -1)) }
}
