/**
 * The log: JSON lines by pino. Law: no line holds what a person wrote, a name, an address, a key, a token or a secret.
 * It is held by what is let through, not by what is taken out alone:
 * 1. Of fields only those that are named here.
 * 2. Of an error its kind, its code and where it happened. Its words only where they are ours, or the network's: a
 *    parser, a database or a mail server quotes what it was given.
 * 3. What looks like an e-mail address or a secret is covered in whatever is left.
 */
import { pino, type DestinationStream, type Logger } from 'pino'
import { EmbeddedPostgresError } from '../store/embedded/index.ts'
import { OutboundError } from '../network/index.ts'

/** Identifiers, figures and names of kinds. A new field is safe to name here when no person fills it. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['agent', 'attempt', 'bot', 'caller', 'callback', 'channel', 'code', 'conversation', 'conversations', 'effect'],
  ...['event', 'faults', 'file', 'flow', 'id', 'jobId', 'mail', 'method', 'milliseconds', 'ms', 'node', 'pools'],
  ...[
    'route',
    'schedule',
    'spans',
    'status',
    'taskIdentifier',
    'team',
    'teams',
    'ticket',
    'trace',
    'where',
    'workerId',
  ],
])
/** What they met is in the dead letter, the ticket or the mail itself: a service or a mail server may have quoted. */
const ERRANDS = ['effect', 'mail', 'ticket']
const ADDRESS = /[^\s<>@"'“”:;,()]+@[^\s<>@"'“”:;,()]+/g
const SECRET = /\b(?:baton_[a-z]+_|whsec_|bearer +)[\w+/=.-]+|\b(?:c[0-9]*\.)?[\w-]{40,}\.[\w-]{20,}(?:\.[\w-]{20,})?/gi
const COVERED = '…'

/**
 * A log that goes to stdout, or to `destination`. What goes to stdout is gathered for a moment: a write for each request
 * costs a busy server a thirtieth of its time. All of it is there when the process ends, unless it is killed.
 */
export function createLog(level: string, destination: DestinationStream = stdout()): Logger {
  const options = {
    level,
    formatters: { log: fieldsOf },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: Logger['info']) {
        const words = args.map((arg: unknown) => (typeof arg === 'string' ? cover(arg) : arg))
        // The same list, with its texts covered.
        method.apply(this, words as typeof args)
      },
    },
  }
  return pino(options, destination)
}

const GATHERED = { minLength: 4_096, periodicFlush: 100, sync: false } as const
let output: DestinationStream | undefined
function stdout(): DestinationStream {
  return (output ??= pino.destination({ dest: 1, ...GATHERED }))
}

/** What may be said of the fields of a line. */
export function fieldsOf(fields: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  const isErrand = ERRANDS.some((name) => name in fields)
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') shown[name] = errorOf(value)
    else if (name === 'error' && typeof value !== 'string') shown[name] = errorOf(value)
    else if (name === 'error' && !isErrand) shown[name] = plain(value)
    else if (FIELDS.has(name)) shown[name] = plain(value)
  }
  return shown
}

/** What may be said of an error. */
export function errorOf(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const words = isOurs(error) ? { message: cover(error.message) } : {}
  const cause = error.cause === undefined ? {} : { cause: errorOf(error.cause) }
  return { type: error.name, ...code, ...words, stack: placesOf(error), ...cause }
}

/** Faults of the network and of PostgreSQL’s start say hosts and files. */
function isOurs(error: Error): boolean {
  return error instanceof OutboundError || error instanceof EmbeddedPostgresError
}

/** Where it was thrown: the lines of a stack without its words. */
function placesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return cover(value)
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined
}

function cover(text: string): string {
  return text.replace(ADDRESS, COVERED).replace(SECRET, COVERED)
}
