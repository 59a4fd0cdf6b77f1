/**
 * Errors of the runtime as data: `code` decides the HTTP status, `message` names the cure.
 * `not-found` 404 · `exists` 409 · `not-owner`, `closed`, `not-expected`, `stale`, `unpublished` 409 ·
 * `version-mismatch` 412 · `flow-problems`, `key-reused`, `invalid` 422 · `too-fast` 429 · `unavailable` 503.
 */
export class RuntimeError extends Error {
  readonly code: RuntimeErrorCode
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  constructor(code: RuntimeErrorCode, message: string, errors: readonly { pointer: string; message: string }[] = []) {
    super(message)
    this.name = 'RuntimeError'
    this.code = code
    this.errors = errors
  }
}
export type RuntimeErrorCode =
  | 'not-found'
  | 'exists'
  | 'not-owner'
  | 'closed'
  | 'not-expected'
  | 'stale'
  | 'unpublished'
  | 'flow-problems'
  | 'version-mismatch'
  | 'key-reused'
  | 'invalid'
  | 'too-fast'
  | 'unavailable'
