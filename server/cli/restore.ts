import { resolve } from 'node:path'
import { BackupFault } from '#server/operation/backup/archive.ts'
import { checkBackup, load } from '#server/operation/backup/load.ts'
import { replayAll } from '#server/operation/backup/replay.ts'
import { readConfig, StartError } from '#server/config.ts'
import { openFlowStore } from '#server/store/flows-lowdb.ts'
import { flowsInDatabase } from '#server/store/flows-postgres.ts'
import { openPool } from '#server/store/pool.ts'
import { progress } from './backup.ts'
import type { CliCommand } from './command.ts'
import { withDatabase, type OpenedDatabase } from './database.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted, lengthInWords } from './words.ts'

const help = `
Into an empty database and an empty data folder; nothing is overwritten. The whole file is checked first, then loaded,
then every conversation is replayed and compared with what is stored. Start the server after it: timers that came due
meanwhile go off then, and effects that were still to be carried out are carried out.
The environment says where to, as it does for \`baton serve\`: DATABASE_URL, DATA_DIR, FLOWS_DIR.

Examples:
  DATA_DIR=./restored baton restore baton-2026-11-21.backup
  baton restore --check baton-2026-11-21.backup`

interface Options {
  readonly check?: boolean
}

export const restore: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<file>', 'what `baton backup` has written')
      .option('--check', 'only say whether the file is whole')
      .addHelpText('after', help)
      .action((file: string, { check }: Options) => run(bring(file, check === true, terminal)))
  },
}

async function bring(file: string, onlyCheck: boolean, terminal: Terminal): Promise<number> {
  const path = resolve(terminal.folder, file)
  const { output, style } = terminal
  const began = performance.now()
  try {
    const checked = await checkBackup(path, onlyCheck ? undefined : readConfig(terminal.environment))
    const what = `${counted(checked.rows, 'row')} of ${checked.head.at}`
    if (onlyCheck) {
      output.write(`${style.green('✓')} ${file} is whole: ${what}\n`)
      return 0
    }
    return await withDatabase(terminal, async (database) => {
      const { dataDir, flowsDir } = database.config
      await load(path, checked, { databaseUrl: database.url, dataDir, flowsDir }, progress(terminal))
      output.write(`${style.green('✓')} ${what} restored\n`)
      return compare(database, began, terminal)
    })
  } catch (error) {
    if (error instanceof BackupFault || error instanceof StartError) throw new UsageError(error.message)
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError(`There is no file ${file}.`)
    throw error
  }
}

async function compare({ config, url }: OpenedDatabase, began: number, { output, style }: Terminal): Promise<number> {
  const { pool, close } = openPool({ connectionString: url, max: 2 }, () => undefined)
  try {
    const flows =
      config.databaseUrl === undefined ? openFlowStore(config.flowsDir) : flowsInDatabase(pool, async () => [])
    const { conversations, events, differ } = await replayAll(pool, flows)
    const took = style.dim(`(${counted(events, 'event')}, ${lengthInWords(Math.round(performance.now() - began))})`)
    if (differ.length === 0) {
      output.write(`${style.green('✓')} ${counted(conversations, 'conversation')} replayed, each byte-equal ${took}\n`)
      return 0
    }
    output.write(`${style.red('✗')} These are not what their log replays to: ${differ.join(', ')} ${took}\n`)
    return 1
  } finally {
    await close()
  }
}
