/**
 * What a server does before it is ready: it compiles the flows that are live, and on each begins a conversation that
 * nobody hears and of which nothing is kept. Otherwise the first who write, and the deadlines that have come while nobody
 * was there, would wait for it: a flow is read and compiled once, and code that has never run is slow.
 */
import { start, step } from '#engine/index.ts'
import type { FlowStore, FlowSummary } from './store/flows.ts'

/** Milliseconds. The flows that are not begun by then are compiled when they are used. */
const ENOUGH = 500
const HELLO = { type: 'customer.message', text: 'Hello there, may I ask something?' } as const

/** @param clock `now` in epoch milliseconds, `monotonic` in milliseconds of whatever beginning */
export async function warmUp(
  flows: Pick<FlowStore, 'live'>,
  saved: readonly FlowSummary[],
  clock: { now(): number },
  monotonic: () => number = () => performance.now(),
): Promise<void> {
  const until = monotonic() + ENOUGH
  for (const { id, published } of saved) {
    if (published === null) continue
    if (monotonic() > until) return
    try {
      const live = await flows.live(id)
      if (live === undefined) continue
      const now = clock.now()
      const { snapshot } = start(live.flow, { id: 'warm-up', flowVersion: live.version }, now)
      step(live.flow, snapshot, HELLO, now)
    } catch {
      // One that cannot be read, asks for more or takes no message now says so to whoever uses it.
    }
  }
}
