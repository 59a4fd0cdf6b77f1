import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import type { Account } from './account.ts'

/**
 * Starts a program of PostgreSQL under `account`. It gets a small environment of its own: none of our secrets, none of
 * the PG* variables that would change its mind, English messages. Its folder is `/`, because ours may be closed to it.
 */
export function spawnAs(
  account: Account | undefined,
  command: string,
  args: readonly string[],
  options: { readonly stdio: StdioOptions; readonly detached?: boolean },
): ChildProcess {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C' }
  return spawn(command, args, { ...account, ...options, cwd: '/', env })
}

/** Runs such a program to its end. The code is -1 when a signal ended it or it never began. */
export function run(
  account: Account | undefined,
  command: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawnAs(account, command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => resolve({ code: -1, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? -1, output }))
  })
}

const KEPT = ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH']
