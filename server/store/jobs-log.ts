import { Logger } from 'graphile-worker'
import type { Log } from '../runtime/log.ts'

/**
 * What graphile-worker says, into our log. It reports each job that ends; a failed one is told by whoever ran it, with
 * the conversation, so its own report is only for debugging.
 */
export function jobsLog(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    log.debug({ ...scope, level }, message)
  })
}

export const silentJobsLog = new Logger(() => () => undefined)
