import { erased } from '#server/http/schemas/operation.ts'
import type { CliCommand } from './command.ts'
import { answerAs, remove } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

interface Options {
  readonly yes?: boolean
  readonly url?: string
}

const help = `
For good, on all servers; conversations that are open end by it. Figures of handoffs stay, without the person. Backups
that were made before still hold everything. It prints a proof, once: whoever keeps it can show whose erasure it was.
It asks a server that runs; the environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Example:
  baton erase ann@example.com --yes`

export const erase: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<customer>', 'the id or e-mail address by which the customer is known')
      .option('--yes', 'really do it')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((customer: string, options: Options) => run(forget(customer, options, terminal)))
  },
}

async function forget(customer: string, { yes, url }: Options, terminal: Terminal): Promise<number> {
  if (yes !== true) throw new UsageError('This cannot be undone; say --yes to erase everything of this customer.')
  const path = `/v1/customers/${encodeURIComponent(customer)}`
  const { conversations, at, customer: hash, proof } = answerAs(erased, await remove(path, terminal, url))
  const { output, style } = terminal
  output.write(`${style.green('✓')} ${counted(conversations, 'conversation')} erased at ${at}\n`)
  output.write(`  record ${hash}\n  proof  ${proof}\n`)
  return 0
}
