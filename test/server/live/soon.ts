import { expect } from 'vitest'

/** What comes true by itself, on a machine that may be busy: `await soon(() => seen.length).toBe(3)`. */
export function soon(look: () => unknown): ReturnType<typeof expect.poll> {
  return expect.poll(look, { timeout: 20_000, interval: 20 })
}
