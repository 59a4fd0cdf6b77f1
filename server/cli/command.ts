import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** One of Baton's commands. Its file is loaded only when it is asked for, so that `baton` starts quickly. */
export interface CliCommand {
  /** Declares arguments and options, and what runs: `run` keeps the exit code that the work resolves to. */
  define(command: Command, terminal: Terminal, run: (work: Promise<number>) => Promise<void>): void
}
