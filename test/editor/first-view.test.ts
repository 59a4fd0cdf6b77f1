import { expect, test } from 'vitest'
import { hasChromium } from '#test/driver/chromium.ts'
import { firstView } from '#test/driver/first-view.ts'

/** kB of JavaScript, packed by gzip: what a designer on a slow line waits for. */
const BUDGET = 300

const measured = test.skipIf(!(await hasChromium()))

measured(
  'The gallery, and a flow whose step is being typed into, are light to load',
  { timeout: 120_000 },
  async () => {
    const { gallery, flow } = await firstView()
    expect(gallery).toBeLessThanOrEqual(BUDGET)
    expect(flow).toBeLessThanOrEqual(BUDGET)
  },
)
