import type { Want } from './result.ts'

/** A step asks for facts at most this often. */
const MOST_ROUNDS = 20

export interface Asking {
  /** Whether a step that wants this is to be decided again with more facts: true once for each want, and so often at most. */
  again(wants: readonly Want[]): boolean
}

/** For one step: some facts are only asked for after others are known. */
export function createAsking(): Asking {
  const asked = new Set<Want>()
  let rounds = 0
  return {
    again(wants) {
      if (rounds >= MOST_ROUNDS || wants.every((want) => asked.has(want))) return false
      rounds++
      for (const want of wants) asked.add(want)
      return true
    },
  }
}
