/** What a command sees of the world around it; tests give their own. */
import { styleFor, type Style } from './style.ts'

export interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly errors: NodeJS.WritableStream
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder that paths are relative to. */
  readonly folder: string
  /** Whether a person sits at it. */
  readonly isInteractive: boolean
  readonly style: Style
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  return {
    input: stdin,
    output: stdout,
    errors: stderr,
    environment: env,
    folder: process.cwd(),
    isInteractive: stdin.isTTY && stdout.isTTY,
    style: styleFor(stdout.isTTY, env),
  }
}

/** What a person did wrong, in a sentence with the cure; the command ends with exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
