import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Order, Report, Said, Stretch } from '../order.ts'

/** Plays the load in a process of its own, so that it takes no turn of whoever measures. */
export async function playInProcess(order: Order, onStretch: (stretch: Stretch) => void): Promise<Report> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  const ended = once(child, 'exit')
  const report = new Promise<Report>((resolve, reject) => {
    void ended.then(() => reject(new Error('The load’s process has ended.')))
    child.on('message', (message) => {
      // Only `load.ts` sends on this channel.
      const said = message as Said
      if ('stretch' in said) onStretch(said.stretch)
      else if ('report' in said) resolve(said.report)
      else reject(new Error(said.fault))
    })
  })
  child.send(order)
  try {
    return await report
  } finally {
    if (child.connected) child.disconnect()
    await ended
  }
}
