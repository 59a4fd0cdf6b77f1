/** The thread in which flows are checked: see `thread.ts` of the runtime. */
import { createThread, workAs, type Thread } from '../runtime/thread.ts'
import { checkJob, type Checked, type CheckJob } from './check-job.ts'

const ROLE = 'baton-check'
/** The largest flow there may be takes a third of it. */
const MEGABYTES = 768

export function createCheckThread(): Thread<CheckJob, Checked> {
  return createThread({ role: ROLE, job: 'A check', self: import.meta.url, megabytes: MEGABYTES })
}

workAs(ROLE, checkJob)
