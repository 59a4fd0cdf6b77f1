/**
 * What processes take of the machine, read from /proc as Linux has it; null where there is none. The embedded
 * PostgreSQL is all that descends from the server.
 */
import { readdir, readFile } from 'node:fs/promises'

export interface Usage {
  /** Seconds of processor time since each began. */
  readonly server: number
  readonly database: number
  /** Bytes that the server holds. */
  readonly resident: number
}

/** Of a second, as Linux counts for programs. */
const TICK = 0.01
const PAGE = 4_096

interface Process {
  readonly id: number
  readonly parent: number
  readonly seconds: number
  readonly resident: number
}

export async function usageOf(server: number): Promise<Usage | null> {
  const all = await processes()
  const own = all.find(({ id }) => id === server)
  if (own === undefined) return null
  const family = new Set([server])
  // A child that ended between two looks is not seen: PostgreSQL's live as long as their connections.
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { id, parent } of all) if (family.has(parent)) family.add(id)
  }
  const database = all.filter(({ id }) => id !== server && family.has(id))
  return {
    server: own.seconds,
    database: database.reduce((sum, { seconds }) => sum + seconds, 0),
    resident: own.resident,
  }
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
  return { id: Number(name), parent: field(4), seconds: (field(14) + field(15)) * TICK, resident: field(24) * PAGE }
}
