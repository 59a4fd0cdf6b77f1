import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Lane, Order, Report } from './lane.ts'
import { ADMIN_KEY } from './administrator.ts'
import type { Stage } from './stage.ts'

export interface Loader {
  /** Sends the lanes to the server, all at once; milliseconds until the last answer. */
  send(url: string, lanes: readonly Lane[]): Promise<number>
}

export function startLoader(stage: Stage): Loader {
  const child = fork(program('./load.js'))
  stage.endsWith(async () => {
    child.disconnect()
    await once(child, 'exit')
  })
  return {
    async send(url, lanes) {
      const order: Order = { url, authorization: `Bearer ${ADMIN_KEY}`, lanes }
      child.send(order)
      // Only `load.ts` sends on this channel, and only reports.
      const [report] = (await once(child, 'message')) as [Report]
      if ('fault' in report) throw new Error(report.fault)
      return report.milliseconds
    },
  }
}

/** A program of the benchmark; all that is built of it lies in one folder. */
export function program(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}
