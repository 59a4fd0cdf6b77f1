import { expect } from 'vitest'
import { check, replay, type Flow } from '#engine/index.ts'
import type { Problem } from '#engine/check/index.ts'

/** What one rule says of a flow. Every path that comes with it is played, and ends where it says. */
export function found(flow: Flow, rule: string): readonly Problem[] {
  const problems = check(flow).filter((each) => each.rule === rule)
  for (const { path } of problems)
    if (path !== undefined) expect(replay(flow, 0, path).snapshot.state).toBe(path.at(-1)?.state)
  return problems
}

/** The nodes that one rule finds at fault, each once. */
export function faulty(flow: Flow, rule: string): readonly (string | null)[] {
  return [...new Set(found(flow, rule).map((each) => each.node))]
}
