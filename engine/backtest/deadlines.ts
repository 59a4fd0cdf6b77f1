/** The deadlines that a draft leaves as they were: in step with the record they come when they came. */
import { compiledFlow } from '../compile/compiled.ts'
import type { ChartTimer } from '../compile/chart.ts'
import type { Flow } from '../flow/parse.ts'

const known = new WeakMap<Flow, WeakMap<Flow, ReadonlySet<string>>>()

/** Ids of the timers that run as long in the draft as in the flow. */
export function keptDeadlines(flow: Flow, draft: Flow): ReadonlySet<string> {
  const ofFlow = known.get(flow) ?? new WeakMap<Flow, ReadonlySet<string>>()
  known.set(flow, ofFlow)
  const found = ofFlow.get(draft)
  if (found !== undefined) return found
  const [was, is] = [compiledFlow(flow), compiledFlow(draft)]
  const kept = new Set<string>()
  for (const timer of is.timers.values()) {
    const before = was.timers.get(timer.id)
    if (before === undefined || before.botOwes !== timer.botOwes || !isAsLong(before, timer)) continue
    // How long a deadline until an instant runs follows from the node's data.
    if (typeof timer.delay === 'object' && !isSame(was.nodes.get(before.node)?.data, is.nodes.get(timer.node)?.data))
      continue
    kept.add(timer.id)
  }
  ofFlow.set(draft, kept)
  return kept
}

function isAsLong({ delay: before }: ChartTimer, { delay }: ChartTimer): boolean {
  return typeof before === 'object' && typeof delay === 'object' ? before.until === delay.until : before === delay
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}
