/**
 * The targets of a filter, one after the other in time, each with what it inherits: the queue and the priority of the
 * target before it. Timeouts and expressions are a target's own.
 */
import type { TargetShape } from './document.ts'
import { readExpression, type Expression, type Name } from './expression.ts'
import type { Names } from './names.ts'
import type { Report } from './report.ts'
import { simplify } from './simplify.ts'
import { Untranslatable } from './untranslatable.ts'
import { needsOf, nothingAsked, skillOf, type Asked } from './workers.ts'

export interface Target {
  readonly path: readonly PropertyKey[]
  readonly team: string
  readonly priority: number
  readonly asked: Asked
  readonly prefer: Readonly<Record<string, number>>
  /** Seconds until the next target; null: it stays. */
  readonly timeout: number | null
  /** When the next target comes at once: while nobody is there, or whenever nobody can take it now. */
  readonly skip: 'never' | 'nobody' | 'unlessAtOnce'
}

export interface Dictionary {
  readonly teams: Names
  readonly skills: Names
}

const MOST_PRIORITY = 100
const LONGEST = 366 * 86_400

/** The targets that can be translated; for the others the report holds a fault. */
export function targetsOf(
  shapes: readonly TargetShape[],
  base: readonly PropertyKey[],
  { teams, skills }: Dictionary,
  report: Report,
): readonly Target[] {
  const targets: Target[] = []
  let [queue, priority]: [string | undefined, number] = [undefined, 0]
  shapes.forEach((shape, index) => {
    const path = base.at(-1) === 'default_filter' ? base : [...base, index]
    queue = shape.queue ?? queue
    priority = priorityOf(shape, path, report) ?? priority
    if (queue === undefined) return report.fault([...path, 'queue'], 'The first target must name a “queue”')
    const timeout = shape.timeout ?? null
    if ((timeout ?? 0) > LONGEST) report.fault([...path, 'timeout'], 'A wait lasts a year at most; shorten it')
    const asked = askedBy(shape, path, skills, report)
    const prefer = preferredBy(shape, asked, path, skills, report)
    targets.push({ path, team: teams.idOf(queue), priority, asked, prefer, timeout, skip: skipOf(shape, path, report) })
  })
  return targets
}

/** Reads an expression and takes out what is always so; undefined when it is none, with a fault. */
export function expressionAt(
  source: string,
  path: readonly PropertyKey[],
  report: Report,
): Expression | boolean | undefined {
  const read = readExpression(source)
  if (!read.ok) {
    report.fault(path, read.message)
    return undefined
  }
  if (read.isMixed) report.note(path, 'AND is read before OR, as in SQL; put parentheses where another order is meant.')
  return simplify(read.expression)
}

function priorityOf({ priority }: TargetShape, path: readonly PropertyKey[], report: Report): number | undefined {
  if (priority === undefined || (priority >= 0 && priority <= MOST_PRIORITY)) return priority
  report.fault(
    [...path, 'priority'],
    `Priorities go from 0 to ${MOST_PRIORITY}; bring them within, keeping their order`,
  )
  return undefined
}

function askedBy(shape: TargetShape, path: readonly PropertyKey[], skills: Names, report: Report): Asked {
  const by = shape.known_worker_sid ?? shape.known_worker_friendly_name ?? null
  const known = by === null ? null : by.trim()
  const source = shape.expression
  if (source === undefined || source.trim() === '') return { ...nothingAsked, known }
  const at = [...path, 'expression']
  const expression = expressionAt(source, at, report)
  if (expression === undefined || expression === true) return { ...nothingAsked, known }
  const asked = report.attempt(at, () => {
    if (expression === false) throw new Untranslatable('no worker ever meets it; take the target out.')
    return needsOf(expression, skills)
  })
  return { ...(asked ?? nothingAsked), known: known ?? asked?.known ?? null }
}

const NO_ORDER =
  'Cannot be translated: a queue prefers who has more of a skill, as in worker.levels.sales DESC; write that, or ' +
  'take it out and choose how the team is asked.'

/** `worker.levels.x DESC`: who has more of it goes first. */
function preferredBy(
  { order_by: order }: TargetShape,
  asked: Asked,
  path: readonly PropertyKey[],
  skills: Names,
  report: Report,
): Readonly<Record<string, number>> {
  if (order === undefined || order.trim() === '') return {}
  const at = [...path, 'order_by']
  const prefer: Record<string, number> = {}
  for (const clause of order.split(',')) {
    const [, written] = /^\s*(worker(?:\.[A-Za-z_][A-Za-z0-9_]*)+)\s+DESC\s*$/i.exec(clause) ?? []
    if (written === undefined) {
      report.fault(at, NO_ORDER)
      return {}
    }
    const skill = skillOf(nameOf(written), skills)
    const level = (asked.skills[skill] ?? 0) + 1
    if (level <= 10) prefer[skill] = level
  }
  const levels = Object.entries(prefer)
    .map(([skill, level]) => `${skill} at ${level}`)
    .join(', ')
  if (levels !== '') report.note(at, `Who has ${levels} or more goes first; TaskRouter sorts by the exact level.`)
  return prefer
}

function nameOf(written: string): Name {
  const [first = '', ...rest] = written.split('.')
  return { kind: 'name', path: [first, ...rest] }
}

function skipOf({ skip_if: source }: TargetShape, path: readonly PropertyKey[], report: Report): Target['skip'] {
  if (source === undefined || source.trim() === '') return 'never'
  const at = [...path, 'skip_if']
  const expression = expressionAt(source, at, report)
  if (expression === undefined || expression === false) return 'never'
  if (expression === true) return 'unlessAtOnce'
  if (isNobodyAvailable(expression)) return 'nobody'
  report.fault(at, NO_SKIP)
  return 'never'
}

const NO_SKIP =
  'Cannot be translated: all that is known is whether anybody of the team is there; write workers.available == 0, or ' +
  '1 == 1 to go on whenever nobody takes it at once.'

function isNobodyAvailable(expression: Expression): boolean {
  if (expression.kind !== 'comparison') return false
  const { operator, left, right } = expression
  const isCount = left.kind === 'name' && left.path.join('.') === 'workers.available'
  if (!isCount || right.kind !== 'literal') return false
  return (operator === '<' && right.value === 1) || ((operator === '==' || operator === '<=') && right.value === 0)
}
