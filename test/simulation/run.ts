/** Runs simulating processes: as many at once as there are cores, each with a database of its own. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { freshDatabase } from '../driver/postgres.ts'
import type { FunctionChange } from './function.ts'
import type { Plan } from './plan.ts'
import type { Simulated } from './simulate.ts'

export interface Seeds {
  readonly first: number
  readonly last: number
}

export interface RunOptions {
  /** Changes of functions of the database. */
  readonly planted?: readonly FunctionChange[]
  /** Ends with the first seed that violates a law. */
  readonly stopAtViolation?: boolean
  /** Told of each seed when it is over. */
  readonly heard?: (played: Simulated) => void
}

export const CORES = availableParallelism()
/** Seeds of one process: it begins in two seconds, and what it keeps in memory and in its catalog grows. */
const BATCH = 500
/** A step makes little that lasts: with room for it, it is gone before it must be copied. */
const ROOM = '--max-semi-space-size=64'

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

/**
 * Plays seeds in as many processes as there are cores, each with a database of its own and a batch at a time. `heard` is
 * told of each when it is over, in no order; what is returned is in the order of the seeds.
 */
export async function playOnAllCores(
  program: string,
  { first, last }: Seeds,
  heard: (played: Simulated) => void = () => undefined,
): Promise<readonly Simulated[]> {
  const each = Math.min(BATCH, Math.ceil((last - first + 1) / CORES))
  const played: Simulated[] = []
  let next = first
  async function playBatches(): Promise<void> {
    while (next <= last) {
      const batch = { first: next, last: Math.min(last, next + each - 1) }
      next = batch.last + 1
      played.push(...(await playSeeds(program, batch, { heard })))
    }
  }
  await Promise.all(Array.from({ length: CORES }, playBatches))
  return played.toSorted((one, other) => one.seed - other.seed)
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
    const child = spawn(process.execPath, [ROOM, program, ...values], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        BATON_PLANTED: JSON.stringify(options.planted ?? []),
        BATON_STOP: options.stopAtViolation === true ? '1' : '0',
      },
    })
    const played: Simulated[] = []
    let complaints = ''
    createInterface({ input: child.stdout }).on('line', (line) => {
      // Our own program's lines.
      const each = JSON.parse(line) as Simulated
      played.push(each)
      options.heard?.(each)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-4_000)
    })
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(played) : reject(new Error(`The simulation ended with ${code}: ${complaints}`)),
    )
  })
}
