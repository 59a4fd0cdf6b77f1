import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option } from 'commander'
import { exportFlow, exportFormats, parseFlow, type ExportFormat } from '#engine/index.ts'
import type { CliCommand } from './command.ts'
import { findDocument, readDocument, reasonOf, shown } from './documents.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

interface Options {
  readonly as: ExportFormat
  readonly out?: string
}

export const exporting: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<flow>', 'a file, or an id in FLOWS_DIR')
      .addOption(new Option('--as <format>', 'what to write it as').choices(exportFormats).makeOptionMandatory())
      .option('--out <file>', 'write to a file instead of the screen')
      .action((name: string, options: Options) => run(exportOne(name, options, terminal)))
  },
}

async function exportOne(name: string, { as, out }: Options, terminal: Terminal): Promise<number> {
  const path = await findDocument('flow', name, terminal)
  const read = parseFlow(await readDocument(path, terminal))
  if (!read.ok) {
    const [first] = read.faults
    const found = `${shown(path, terminal)} has ${counted(read.faults.length, 'fault')}`
    const such = `such as ${first?.pointer ?? '/'}: ${first?.message ?? ''}`
    throw new UsageError(`${found}, ${such}. See all with \`baton check ${name}\`.`)
  }
  const text = exportFlow(read.flow, as)
  if (out === undefined) terminal.output.write(text.endsWith('\n') ? text : `${text}\n`)
  else {
    await writeFile(resolve(terminal.folder, out), text).catch((error: unknown) => {
      throw new UsageError(`${out} cannot be written: ${reasonOf(error)}`)
    })
  }
  return 0
}
