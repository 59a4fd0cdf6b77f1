import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Order, Orders, Report } from './orders.ts'

export interface Loader {
  /** One order after the other. @throws Error when it could not be done. */
  ask<Name extends keyof Orders>(
    url: string,
    name: Name,
    asked: Orders[Name]['asked'],
  ): Promise<Orders[Name]['answered']>
  end(): Promise<void>
}

/** Starts the load's process: what it does takes no time from the browser's driver. */
export function startLoader(): Loader {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  const exit = once(child, 'exit')
  return {
    async ask<Name extends keyof Orders>(url: string, name: Name, asked: Orders[Name]['asked']) {
      const order: Order<Name> = { name, url, asked }
      child.send(order)
      // Only `load.ts` sends on this channel, and only reports.
      const [report] = (await Promise.race([once(child, 'message'), exit.then(ended)])) as [Report]
      if ('fault' in report) throw new Error(report.fault)
      // It answers what `Orders` says of this name.
      return report.answered as Orders[Name]['answered']
    },
    async end() {
      if (child.connected) child.disconnect()
      await exit
    },
  }
}

function ended(): readonly [Report] {
  return [{ fault: 'The load’s process has ended.' }]
}
