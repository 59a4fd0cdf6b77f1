/**
 * Checking flows. Laws:
 * 1. Nobody who chats waits for a check: what may take long is read and checked in a thread of its own, one flow after
 *    the other. Only what is small and asked for without ways is done at once.
 * 2. So many may wait for theirs; who comes then is told to come again.
 */
import type { Flow, Problem } from '#engine/index.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import type { Thread } from '../runtime/thread.ts'
import { errorsAmong } from '../store/flow-refusals.ts'
import { checkJob, type Checked, type CheckJob } from './check-job.ts'

export interface FlowChecks {
  /** Reads a document as a flow, and checks it. @throws RuntimeError `too-fast` while too many wait */
  check(job: CheckJob): Promise<Checked>
  /** What keeps a flow from being published. */
  errorsOf(flow: Flow): Promise<readonly Problem[]>
  close(): Promise<void>
}

/** Characters of JSON: some fifty nodes, which take milliseconds. */
const SMALL = 20_000
const MOST_WAITING = 16

/** @param start the thread, when it is first needed */
export function createFlowChecks(start: () => Promise<Thread<CheckJob, Checked>> = startThread): FlowChecks {
  let thread: Promise<Thread<CheckJob, Checked>> | undefined
  let waiting = 0

  async function inThread(job: CheckJob): Promise<Checked> {
    if (waiting >= MOST_WAITING)
      throw new RuntimeError('too-fast', 'Other flows are being checked; ask again when they have been.')
    waiting += 1
    try {
      thread ??= start()
      return await (await thread).run(job)
    } finally {
      waiting -= 1
    }
  }

  const checked = async (job: CheckJob): Promise<Checked> =>
    !job.paths && JSON.stringify(job.document).length <= SMALL ? checkJob(job) : inThread(job)

  return {
    check: checked,
    async errorsOf(flow) {
      const found = await checked({ document: flow, paths: false })
      if (!found.ok) throw new Error(`The flow “${flow.id}” was read before and cannot be read again.`)
      return errorsAmong(found.problems)
    },
    close: async () =>
      thread?.then(
        (started) => started.close(),
        () => undefined,
      ),
  }
}

async function startThread(): Promise<Thread<CheckJob, Checked>> {
  const { createCheckThread } = await import('./check-thread.ts')
  return createCheckThread()
}
