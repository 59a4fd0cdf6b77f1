import { remember } from '../remember.ts'
import { readCondition } from './read.ts'

export type Literal = string | number | boolean

const known = remember<readonly Literal[]>(1_000)

/** The figures, words, yes and no that a condition names, in its order; none of one that cannot be read. */
export function literalsOf(source: string): readonly Literal[] {
  return known(source, () => {
    const ast = readCondition(source)
    const literals: Literal[] = []
    collect('message' in ast ? undefined : ast, 1, literals)
    return literals
  })
}

function collect(part: unknown, sign: 1 | -1, into: Literal[]): void {
  if (Array.isArray(part)) return part.forEach((each) => collect(each, 1, into))
  if (typeof part !== 'object' || part === null || !('op' in part) || !('args' in part)) return
  const { op, args } = part
  if (op === '-_') return collect(args, sign === 1 ? -1 : 1, into)
  if (op !== 'value') return collect(args, 1, into)
  if (typeof args === 'bigint' || typeof args === 'number') into.push(sign * Number(args))
  else if (typeof args === 'string' || typeof args === 'boolean') into.push(args)
}
