/**
 * What processes take of the machine, read from /proc as Linux has it; null where there is none.
 */
import { readdir, readFile } from 'node:fs/promises'

export interface Usage {
  /** Seconds of processor time since each began, of all servers and of PostgreSQL with all its backends. */
  readonly server: number
  readonly database: number
  /** Bytes that the servers hold. */
  readonly resident: number
}

/** Of a second, as Linux counts for programs. */
const TICK = 0.01
const PAGE = 4_096

interface Process {
  readonly id: number
  readonly parent: number
  readonly seconds: number
  /** Of its children that have ended. */
  readonly ofEnded: number
  readonly resident: number
}

/** @param postmaster the process that PostgreSQL's other processes descend from */
export async function usageOf(servers: readonly number[], postmaster: number): Promise<Usage | null> {
  const all = await processes()
  const own = all.filter(({ id }) => servers.includes(id))
  if (own.length < servers.length) return null
  const database = all.filter(({ id, parent }) => id === postmaster || parent === postmaster)
  const ended = all.find(({ id }) => id === postmaster)?.ofEnded ?? 0
  return {
    server: sum(own.map(({ seconds }) => seconds)),
    database: ended + sum(database.map(({ seconds }) => seconds)),
    resident: sum(own.map(({ resident }) => resident)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

async function processes(): Promise<readonly Process[]> {
  const names = await readdir('/proc').catch(() => [])
  const read = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(processAt))
  return read.filter((each) => each !== undefined)
}

async function processAt(name: string): Promise<Process | undefined> {
  const line = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
  // The second field is the program's name in brackets, and may hold anything.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 22) return undefined
  const field = (number: number): number => Number(fields[number - 3])
  return {
    id: Number(name),
    parent: field(4),
    seconds: (field(14) + field(15)) * TICK,
    ofEnded: (field(16) + field(17)) * TICK,
    resident: field(24) * PAGE,
  }
}
