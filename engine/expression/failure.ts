/**
 * Why an expression has no value. It travels as a value, not as a throw: a thrown error costs sixty times the
 * evaluation of a condition, and a name that is not known yet is everyday in a conversation, not an accident.
 */
export class Failure {
  readonly kind: 'missing' | 'fault'
  readonly words: string

  constructor(kind: 'missing' | 'fault', words: string) {
    this.kind = kind
    this.words = words
  }
}

/** The name `path` has no value in this conversation. */
export function missing(path: string): Failure {
  return new Failure('missing', `${path} is not known`)
}

/** The expression met a value that it cannot work with. */
export function fault(words: string): Failure {
  return new Failure('fault', words)
}

/** What is wrong with a source as written. `column` counts UTF-16 units of the source from 1. */
export interface SourceFault {
  readonly message: string
  readonly column?: number
}
