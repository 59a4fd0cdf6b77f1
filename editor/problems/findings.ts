/** Problems and faults as one list, worst first, in the words and with the place that a designer needs. */
import type { Path } from '#engine/explore/path.ts'
import { rules, type Fault, type Problem } from '#engine/index.ts'

export interface Finding {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly node: string | null
  /** What is wrong and what would cure it. */
  readonly message: string
  /** The promise that is broken, such as “Every way out leads somewhere”; null for what cannot be read. */
  readonly rule: string | null
  readonly pointer: string
  /** What leads there; null where nothing is known of it, or nothing more is to be said. */
  readonly path: Path | null
  /** Whether the engine itself ran the path to the fault; null for what needs no path. */
  readonly confirmed: boolean | null
}

export interface Counts {
  readonly errors: number
  readonly warnings: number
}

const titles: ReadonlyMap<string, string> = new Map(rules.map((rule) => [rule.name, rule.title]))

export function findingsOf(problems: readonly Problem[], faults: readonly Fault[]): readonly Finding[] {
  const unread = faults.map(({ pointer, node, message }): Omit<Finding, 'key'> => ({
    severity: 'error',
    node,
    message,
    rule: null,
    pointer,
    path: null,
    confirmed: null,
  }))
  const unfit = problems.map(({ severity, node, message, rule, pointer, path, confirmed }): Omit<Finding, 'key'> => ({
    severity,
    node,
    message,
    rule: titles.get(rule) ?? rule,
    pointer,
    path: path ?? null,
    confirmed: confirmed ?? null,
  }))
  const all = [...unread, ...unfit]
  const sorted = [
    ...all.filter((each) => each.severity === 'error'),
    ...all.filter((each) => each.severity === 'warning'),
  ]
  const seen = new Map<string, number>()
  return sorted.map((each) => {
    // Its message may yet say that it is possible only: it stays the same finding.
    const name = `${each.pointer} ${each.rule ?? each.message}`
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return { key: `${name} ${count}`, ...each }
  })
}

export function countsOf(findings: readonly Pick<Finding, 'severity'>[]): Counts {
  const errors = findings.filter((each) => each.severity === 'error').length
  return { errors, warnings: findings.length - errors }
}
