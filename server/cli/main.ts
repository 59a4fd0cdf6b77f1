import { Command, CommanderError } from 'commander'
import type { CliCommand } from './command.ts'
import { UsageError, type Terminal } from './terminal.ts'

/** THE list of commands. A new one is its file and a line here. */
const commands: readonly { readonly name: string; readonly summary: string; load(): Promise<CliCommand> }[] = [
  { name: 'serve', summary: 'start the server', load: async () => (await import('./serve.ts')).serve },
  {
    name: 'check',
    summary: 'say what speaks against publishing flows',
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'test',
    summary: 'play scenarios and say what is not as expected',
    load: async () => (await import('./test.ts')).test,
  },
  {
    name: 'record',
    summary: 'make a scenario of a real conversation',
    load: async () => (await import('./record.ts')).record,
  },
  {
    name: 'simulate',
    summary: 'chat with a flow in the terminal',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'export',
    summary: 'write a flow as JSON, XState, Mermaid, SCXML or SVG',
    load: async () => (await import('./export.ts')).exporting,
  },
  {
    name: 'import',
    summary: 'make a flow of a Twilio TaskRouter workflow',
    load: async () => (await import('./import.ts')).importing,
  },
  {
    name: 'staff',
    summary: 'replay a past day with other staff or other rules',
    load: async () => (await import('./staff.ts')).staff,
  },
  {
    name: 'backtest',
    summary: 'play past conversations through a draft',
    load: async () => (await import('./backtest.ts')).backtest,
  },
  {
    name: 'export-conversations',
    summary: 'write past conversations to a file, for a backtest without a server',
    load: async () => (await import('./export-conversations.ts')).exportingConversations,
  },
  {
    name: 'migrate',
    summary: 'say which running conversations could move to another version, and move them',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    name: 'user',
    summary: 'say who may sign in',
    load: async () => (await import('./user.ts')).user,
  },
  {
    name: 'audit',
    summary: 'show who changed what, and check that nobody changed that',
    load: async () => (await import('./audit.ts')).audit,
  },
  {
    name: 'export-customer',
    summary: 'write everything that is kept of one customer to a file',
    load: async () => (await import('./export-customer.ts')).exportingCustomer,
  },
  {
    name: 'erase',
    summary: 'forget one customer for good',
    load: async () => (await import('./erase.ts')).erase,
  },
  {
    name: 'backup',
    summary: 'write database, flows and settings to one file, while the server runs',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'bring a backup back into an empty place',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'verify',
    summary: 'replay every conversation and compare it with what is stored',
    load: async () => (await import('./verify.ts')).verify,
  },
]

/** Runs a command line, `argv` without program and script. Resolves to the exit code. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0
  const program = new Command('baton')
    .description('Handoff between chatbots and people, as flows.')
    .exitOverride()
    .showHelpAfterError('(baton --help shows what there is)')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
    })
  const wanted = argv.find((each) => !each.startsWith('-'))
  for (const { name, summary, load } of commands) {
    const command = program
      .command(name)
      .summary(summary)
      .description(`${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`)
    if (name !== wanted) continue
    const { define } = await load()
    define(command, terminal, async (work) => {
      exitCode = await work
    })
  }
  try {
    if (argv.length === 0) program.help()
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    if (!(error instanceof UsageError)) throw error
    terminal.errors.write(`${terminal.style.red(error.message)}\n`)
    return 1
  }
}
