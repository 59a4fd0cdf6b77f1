import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a postmaster writes about itself into its data folder. */
export interface PidFile {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** The cluster's `postmaster.pid`; `undefined` when there is none or it is not written to its end yet. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch(() => '')
  // Its lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const [pid, , , port, , , , status] = text.split('\n')
  if (!/^\d+$/.test(pid ?? '')) return undefined
  return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' }
}

export function pidFileOf(cluster: string): string {
  return join(cluster, 'postmaster.pid')
}
