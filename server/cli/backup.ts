import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { backUp } from '#server/operation/backup/write.ts'
import type { CliCommand } from './command.ts'
import { withDatabase } from './database.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted, lengthInWords } from './words.ts'

const help = `
One file with the whole database, the saved flows and the settings, as they are at one moment. The server may go on
running. The file holds keys, secrets and what customers said: keep it as you keep those.
The environment says of which server, as it does for \`baton serve\`: DATABASE_URL, DATA_DIR, FLOWS_DIR.

Examples:
  baton backup baton-2026-11-21.backup
  DATABASE_URL=postgres://… baton backup nightly.backup`

export const backup: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<file>', 'the file that is written; it must not be there yet')
      .addHelpText('after', help)
      .action((file: string) => run(write(file, terminal)))
  },
}

async function write(file: string, terminal: Terminal): Promise<number> {
  const path = resolve(terminal.folder, file)
  if (await isThere(path)) throw new UsageError(`${file} is there already; name another file.`)
  const began = performance.now()
  const rows = await withDatabase(terminal, ({ config: { dataDir, flowsDir }, url }) =>
    backUp({ databaseUrl: url, dataDir, flowsDir }, path, progress(terminal)),
  )
  const took = terminal.style.dim(`(${lengthInWords(Math.round(performance.now() - began))})`)
  terminal.output.write(`${terminal.style.green('✓')} ${counted(rows, 'row')} in ${file} ${took}\n`)
  return 0
}

/** Says on a screen how far it is. */
export function progress({ errors, isInteractive, style }: Terminal): (rows: number) => void {
  return (rows) => {
    if (isInteractive) errors.write(`\r${style.dim(counted(rows, 'row'))}\u001b[K\r`)
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
