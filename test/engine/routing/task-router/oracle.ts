/** Where TaskRouter itself sends a task, read off its documentation, to judge the imported flow by. */
import type { RandomFilter, RandomTarget, RandomWorkflow, Task } from './arbitrary.ts'

/**
 * The task's queue some seconds after it came, when nobody takes it; null when TaskRouter has given it up. The default
 * filter is for who matched no other, or was skipped on from the last that matched.
 */
export function queueAfter(
  workflow: RandomWorkflow,
  task: Task,
  staffed: ReadonlySet<string>,
  seconds: number,
): string | null {
  let left = seconds
  let timedOut = false
  for (const filter of workflow.filters) {
    if (!filter.matches.holds(task)) continue
    for (const { queue, timeout, isSkipped } of stepsOf(filter, staffed)) {
      timedOut = !isSkipped
      if (isSkipped) continue
      if (timeout === undefined || left < timeout) return queue
      left -= timeout
    }
  }
  return timedOut ? null : workflow.otherwise
}

function stepsOf({ targets }: RandomFilter, staffed: ReadonlySet<string>) {
  let queue = ''
  return targets.map((target: RandomTarget) => {
    queue = target.queue ?? queue
    const isSkipped = target.skip_if === 'workers.available == 0' && !staffed.has(queue)
    return { queue, timeout: target.timeout, isSkipped }
  })
}
