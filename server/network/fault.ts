/**
 * Why a request to the outside had no usable answer.
 * `refused`: the destination or the request is not allowed, and trying again would not change that.
 * `unreachable`: no such name, no connection, or a connection that broke. `timeout`: the time limit passed.
 * `too-large`, `unreadable`: the answer is past its limit, or encoded in a way we did not ask for.
 * `aborted`: the caller gave up.
 */
export type OutboundCode = 'refused' | 'unreachable' | 'timeout' | 'too-large' | 'unreadable' | 'aborted'

/** The message names the host, never the path or the query: those may hold secrets. */
export class OutboundError extends Error {
  readonly code: OutboundCode
  constructor(code: OutboundCode, message: string) {
    super(message)
    this.name = 'OutboundError'
    this.code = code
  }

  /** Whether the same request may fare better later. */
  get passing(): boolean {
    return this.code === 'unreachable' || this.code === 'timeout'
  }
}
