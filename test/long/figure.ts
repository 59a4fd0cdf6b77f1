/**
 * What a long test tells: a line of its own on stdout, `figure <name>: <number> (<details>)`, the number in the unit of
 * its part's table. A figure that is told more than once counts as the worst of them.
 */
export type Reach = { readonly atLeast: number } | { readonly atMost: number }

/** What is promised of one number. */
export interface Promised {
  /** What stands between `figure ` and the colon. */
  readonly name: string
  readonly what: string
  readonly reach: Reach
  readonly unit?: string
  /** Where its test tells it in other words: finds the number in them. */
  readonly as?: RegExp
  /** Where it tells a line for each: how many lines there are. */
  readonly lines?: RegExp
}

export interface Told {
  readonly value: number
  readonly details: string
}

/** What was told of a figure, in the order in which it was told. */
export function toldOf({ name, as, lines }: Promised, output: string): readonly Told[] {
  const plain = output.replaceAll(COLOURS, '')
  if (lines !== undefined) return [{ value: [...plain.matchAll(new RegExp(lines, 'gm'))].length, details: '' }]
  if (as !== undefined) return [...plain.matchAll(new RegExp(as, 'gm'))].map(([, value]) => told(value))
  return [...plain.matchAll(LINE)]
    .filter(([, named]) => named === name)
    .map(([, , value, details]) => told(value, details))
}
function told(value = '', details = ''): Told {
  return { value: Number(value.replaceAll(',', '')), details }
}
const LINE = /^\s*figure ([^:\n]+): (-?[\d,]*\.?\d+)[^(\n]*(?:\((.*)\))?\s*$/gm
const COLOURS = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;]*m`, 'g')

/** The worst of what was told of a figure; undefined when nothing was. */
export function worst(promised: Promised, output: string): Told | undefined {
  const [first, ...others] = toldOf(promised, output)
  return first && others.reduce((one, other) => (isWorse(promised.reach, other.value, one.value) ? other : one), first)
}

export function isMet(reach: Reach, value: number): boolean {
  return 'atLeast' in reach ? value >= reach.atLeast : value <= reach.atMost
}

export function inWords({ reach, unit = '' }: Promised): string {
  const space = unit === '' ? '' : ' '
  return 'atLeast' in reach ? `>= ${reach.atLeast}${space}${unit}` : `<= ${reach.atMost}${space}${unit}`
}

function isWorse(reach: Reach, one: number, other: number): boolean {
  return 'atLeast' in reach ? one < other : one > other
}
