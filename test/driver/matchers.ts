/** Baton's matchers on vitest's `expect`. Import it for its effect: `import '#test/driver/matchers.ts'`. */
import { expect } from 'vitest'
import { matchers, type BatonMatchers } from '#engine/testing/index.ts'

declare module 'vitest' {
  // An empty interface is how a module is extended.
  interface Matchers<T> extends BatonMatchers<T> {}
}

expect.extend({ ...matchers })
