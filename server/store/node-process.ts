/**
 * Which process a node is, as text, so that another on the same machine need not wait for the lease of one that was
 * killed. Law: no process is said to have ended where that is not certain. A machine's name proves nothing, two may have
 * it, and a pid means something only among the processes of one kernel and one namespace. So it is said on Linux alone,
 * which names all of these; elsewhere, and of a container by another, the lease is waited for.
 */
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { birthOf } from './embedded/process.ts'

/** `<host> <namespace> <boot>:<moment it began>:<pid>`; `<host>:<pid>` where it can not be told so well. */
export function textOfProcess(pid = process.pid): string {
  const [namespace, birth] = [namespaceHere(), birthOf(pid)]
  return namespace === undefined || birth === undefined
    ? `${hostname()}:${pid}`
    : `${hostname()} ${namespace} ${birth}:${pid}`
}

/** Whether the process of this text (`textOfProcess`) is known to have ended. */
export function hasEnded(text: string): boolean {
  const [, where, pid] = PROCESS.exec(text) ?? []
  const [, here] = PROCESS.exec(textOfProcess()) ?? []
  if (where === undefined || where !== here) return false
  const now = textOfProcess(Number(pid))
  return PROCESS.test(now) ? now !== text : !isThere(Number(pid))
}

/** Also of a process of somebody else, whose files in /proc may be hidden. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** What is the same for all that a process can see: host, namespace and boot; and its pid. */
const PROCESS = /^(\S+ \S+ [^:\s]+):\d+:(\d+)$/

function namespaceHere(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}
