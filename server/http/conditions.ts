/**
 * The headers by which a caller says what it believes: `If-Match`, `If-None-Match`, `Idempotency-Key`, `Last-Event-ID`.
 */
import type { Context } from 'hono'
import { Problem } from './problem.ts'

/** The version of a conversation as its ETag. */
export function etag(version: number | string): string {
  return `"${version}"`
}

/** The version that `If-Match` names, as `"12"`, `W/"12"` or `12`; undefined without one, or for `*`. */
export function ifMatchVersion(c: Context): number | undefined {
  const tag = ifMatchTag(c)
  if (tag === undefined) return undefined
  if (/^\d{1,15}$/.test(tag)) return Number(tag)
  throw new Problem(
    'version-mismatch',
    `If-Match “${tag.slice(0, 100)}” is no version of a conversation; send the ETag of the last answer, such as "12".`,
  )
}

/** The entity tag that `If-Match` names, without its quotes; undefined without one, or for `*`. */
export function ifMatchTag(c: Context): string | undefined {
  const header = c.req.header('if-match')
  return header === undefined || header === '*' ? undefined : bare(header)
}

/** Whether the caller demands that it does not exist yet: `If-None-Match: *`. */
export function mustNotExist(c: Context): boolean {
  return c.req.header('if-none-match') === '*'
}

/** Keys of the server's own events: of effects that ended, promises, turns of bots and hooks. Nobody else may use one up. */
const OURS = /:\d+:\d+:(?:done|ready|soon|broken|due:\d+)$|^bot\.turn:.*:\d+:\d+:\d+:|^hook /

/** 1 to 255 printable characters; undefined without one. */
export function idempotencyKey(c: Context): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key !== undefined && OURS.test(key))
    throw headerFault('Idempotency-Key', 'is one of the server’s own; send a random one')
  if (key === undefined || /^[ -~]{1,255}$/.test(key)) return key
  throw headerFault('Idempotency-Key', 'must have 1 to 255 printable ASCII characters')
}

/** Where a stream resumes: the header `Last-Event-ID` of a reconnecting client, else `after`, else the beginning. */
export function resumeAfter(c: Context, after: number | undefined): number {
  const last = c.req.header('last-event-id')
  if (last === undefined || last === '') return after ?? 0
  if (/^\d{1,15}$/.test(last)) return Number(last)
  throw headerFault('Last-Event-ID', 'must be the id of the last event that was received, a whole number')
}

function headerFault(name: string, message: string): Problem {
  return new Problem('malformed', `The header ${name} ${message}.`, {
    errors: [{ pointer: `/header/${name}`, message }],
  })
}

function bare(tag: string): string {
  return /^(?:W\/)?"(.*)"$/.exec(tag)?.[1] ?? tag
}
