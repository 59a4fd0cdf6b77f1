/** Which failures of the database mean what. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */

export type DatabaseFailure =
  /** Two transactions met; nothing was written, and another try is right. */
  | 'contended'
  /** It took longer than it may, or was cancelled by a person; nothing was written. */
  | 'slow'
  /** The connection went, or was never there: what was sent may or may not have happened. */
  | 'lost'
  /** The database cannot store more. */
  | 'full'
  | 'other'

const CONTENDED = new Set(['40001', '40P01', '55P03'])
const CANCELLED = '57014'
const LOST = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25006', '25P03'])
const FULL = new Set(['53100', '53200'])
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

export function failureOf(error: unknown): DatabaseFailure {
  const code = codeOf(error)
  if (code !== undefined) {
    if (CONTENDED.has(code)) return 'contended'
    if (code === CANCELLED) return 'slow'
    if (LOST.has(code) || code.startsWith('08') || NETWORK.has(code)) return 'lost'
    if (FULL.has(code)) return 'full'
  }
  // pg has no code for these: see lib/client.js and pg-pool/index.js.
  if (
    error instanceof Error &&
    /connection terminated|not queryable|timeout (exceeded|expired)|read timeout|ended|after calling end/i.test(
      error.message,
    )
  )
    return 'lost'
  return 'other'
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  // A refused connection to a name with several addresses comes as an AggregateError.
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return undefined
}
