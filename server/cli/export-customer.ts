import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CliCommand } from './command.ts'
import { connect } from './running-server.ts'
import type { Terminal } from './terminal.ts'

interface Options {
  readonly to: string
  readonly url?: string
}

/** Years of talk with files; past it the API gives the same as a stream. */
const LARGEST = 400_000_000

const help = `
One JSON document: conversations with their logs, files, tickets, calls and mails. It asks a server that runs; the
environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Example:
  baton export-customer ann@example.com --to ann.json`

export const exportingCustomer: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<customer>', 'the id or e-mail address by which the customer is known')
      .requiredOption('--to <file>', 'the file that is written, readable by you alone')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((customer: string, options: Options) => run(write(customer, options, terminal)))
  },
}

async function write(customer: string, { to, url }: Options, terminal: Terminal): Promise<number> {
  const server = await connect(terminal, url, LARGEST)
  try {
    const text = await server.text(`/v1/customers/${encodeURIComponent(customer)}/export`)
    await writeFile(resolve(terminal.folder, to), text, { mode: 0o600 })
    terminal.output.write(`${terminal.style.green('✓')} everything of this customer is in ${to}\n`)
    return 0
  } finally {
    await server.close()
  }
}
