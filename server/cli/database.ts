/** The database of a server that may run or not, for commands that work on it directly. */
import { readConfig, StartError, type Config } from '../config.ts'
import { startFault } from '../start-fault.ts'
import { runningAt, startEmbedded } from '../store/embedded/index.ts'
import { UsageError, type Terminal } from './terminal.ts'

export interface OpenedDatabase {
  readonly config: Config
  readonly url: string
}

/**
 * Works on the database that the environment names: DATABASE_URL, or the embedded one of DATA_DIR, which is started for
 * as long as the work takes when it does not run.
 * @throws UsageError with the cure
 */
export async function withDatabase<Result>(
  terminal: Terminal,
  work: (database: OpenedDatabase) => Promise<Result>,
): Promise<Result> {
  try {
    const config = readConfig(terminal.environment)
    const running = config.databaseUrl ?? (await runningAt(config.dataDir))
    if (running !== undefined) return await work({ config, url: running })
    const postgres = await startEmbedded({ dataDir: config.dataDir })
    try {
      return await work({ config, url: postgres.url })
    } finally {
      await postgres.stop()
    }
  } catch (error) {
    const fault = error instanceof UsageError ? error : startFault(error)
    throw fault instanceof StartError ? new UsageError(fault.message) : fault
  }
}
