import type { z } from 'zod'
import { Problem, type Detail } from './problem.ts'

type Issue = z.core.$ZodIssue

/** Where a value came from; `json` is the body, whose pointers have no prefix. */
export type Part = 'json' | 'query' | 'param' | 'header'

/** A 422 that names every fault zod found, each with its JSON pointer. Names of a query stand under `/query`. */
export function malformed(part: Part, issues: readonly Issue[]): Problem {
  const prefix = part === 'json' ? '' : `/${part}`
  const errors = issues.flatMap((issue) => details(issue, prefix))
  const [first] = errors
  const where = part === 'json' ? 'The body' : part === 'query' ? 'The query' : 'The address'
  const detail =
    first && errors.length === 1
      ? `${where} is malformed: ${first.pointer || 'it'} ${first.message}.`
      : `${where} has ${errors.length} faults; “errors” names each.`
  return new Problem('malformed', detail, { errors })
}

/** The JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function details(issue: Issue, prefix: string): readonly Detail[] {
  const pointer = prefix + pointerOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}${pointerOf([key])}`,
      message: 'is not known here; remove it',
    }))
  }
  if (issue.code === 'invalid_union') return branch(issue.errors).flatMap((inner) => details(inner, pointer))
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    return issue.issues.flatMap((inner) => details(inner, pointer))
  }
  return [{ pointer, message: sentence(issue) }]
}

/** Of a union, the branch that came nearest: the fewest faults. */
function branch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  return branches.reduce<readonly Issue[]>(
    (best, next) => (best.length === 0 || next.length < best.length ? next : best),
    [],
  )
}

function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined')
      ? `is missing; it must be ${expected(issue.expected)}`
      : `must be ${expected(issue.expected)}`
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    return values.length === 1 ? `must be “${values[0]}”` : `must be one of ${values.join(', ')}`
  }
  return issue.message
}

function expected(type: string): string {
  if (type === 'int') return 'a whole number'
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}
