/** Runs simulating processes: as many at once as there are cores, each with a database of its own. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { freshDatabase } from '../driver/postgres.ts'
import type { Plan } from './plan.ts'
import type { Simulated } from './simulate.ts'

export interface Seeds {
  readonly first: number
  readonly last: number
}

export interface RunOptions {
  /** Changes of functions of the database. */
  readonly planted?: readonly { readonly sql: string; readonly find: string; readonly replace: string }[]
  /** Ends with the first seed that violates a law. */
  readonly stopAtViolation?: boolean
}

export const CORES = availableParallelism()

/** Plays seeds in one process. Rejects when that does not end as it should. */
export async function playSeeds(
  program: string,
  { first, last }: Seeds,
  options: RunOptions = {},
): Promise<readonly Simulated[]> {
  return playIn(program, [String(first), String(last)], options)
}

export async function playPlan(program: string, plan: Plan, options: RunOptions = {}): Promise<Simulated> {
  const [played] = await playIn(program, ['plan', JSON.stringify(plan)], options)
  if (!played) throw new Error('A plan was not played.')
  return played
}

/** Plays seeds in as many processes as there are cores. */
export async function playOnAllCores(program: string, { first, last }: Seeds): Promise<readonly Simulated[]> {
  const each = Math.ceil((last - first + 1) / CORES)
  const parts = Array.from({ length: CORES }, (_, index) => ({
    first: first + index * each,
    last: Math.min(last, first + (index + 1) * each - 1),
  })).filter((part) => part.first <= part.last)
  return (await Promise.all(parts.map((part) => playSeeds(program, part)))).flat()
}

async function playIn(program: string, what: readonly string[], options: RunOptions): Promise<readonly Simulated[]> {
  const database = await freshDatabase()
  try {
    return await collect(program, [database.url, ...what], options)
  } finally {
    await database.drop()
  }
}

function collect(program: string, values: readonly string[], options: RunOptions): Promise<readonly Simulated[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...values], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        BATON_PLANTED: JSON.stringify(options.planted ?? []),
        BATON_STOP: options.stopAtViolation === true ? '1' : '0',
      },
    })
    const played: Simulated[] = []
    let complaints = ''
    // Our own program's lines.
    createInterface({ input: child.stdout }).on('line', (line) => played.push(JSON.parse(line) as Simulated))
    child.stderr.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-4_000)
    })
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(played) : reject(new Error(`The simulation ended with ${code}: ${complaints}`)),
    )
  })
}
