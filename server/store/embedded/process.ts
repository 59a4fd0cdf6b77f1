import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Who a process is. A pid alone says little: after a crash or a reboot it may belong to somebody else, so the moment
 * the process began goes with it. `undefined` when no such process lives; a zombie does not count as alive.
 */
export function birthOf(pid: number): string | undefined {
  return process.platform === 'linux' ? birthFromProc(pid) : birthFromPs(pid)
}

/** The command line of a living process, its words parted by blanks; empty when there is none or it may not be read. */
export function commandOf(pid: number): string {
  return process.platform === 'linux'
    ? (readProc(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')
    : ps(pid, 'command=')
}

function birthFromProc(pid: number): string | undefined {
  const stat = readProc(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The name of the program stands in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  boot ??= readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  return `${boot}:${fields[STARTED] ?? ''}`
}

function birthFromPs(pid: number): string | undefined {
  const [, state, started] = /^(\S+)\s+(.*\S)/.exec(ps(pid, 'stat=,lstart=')) ?? []
  return state === undefined || state.startsWith('Z') ? undefined : started
}

function ps(pid: number, columns: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Position of `starttime` after the name, see proc_pid_stat(5). */
const STARTED = 19
let boot: string | undefined
