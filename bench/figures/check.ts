import { check, parseFlow } from '#engine/index.ts'
import type { Figure } from '../figure.ts'
import { median, timed } from '../rounds.ts'
import { wholeFlow } from '../whole-flow.ts'

export const check200: Figure = checking({ name: 'check-200', size: 200, atMost: 0.1, rounds: 21 })
export const check2000: Figure = checking({ name: 'check-2000', size: 2_000, atMost: 2, rounds: 5 })

interface Checking {
  readonly name: string
  readonly size: number
  /** Seconds. */
  readonly atMost: number
  readonly rounds: number
}

function checking({ name, size, atMost, rounds }: Checking): Figure {
  return {
    name,
    what: `the whole check of ${size.toLocaleString('en')} nodes with its proof, compiling included`,
    reach: { atMost },
    unit: 's',
    measure() {
      const text = JSON.stringify(wholeFlow(size))
      const once = (): number => {
        // Read anew each time: what is compiled is kept with the flow.
        const read = parseFlow(JSON.parse(text))
        if (!read.ok) throw new Error(`${name} is not a flow.`)
        const { flow } = read
        return timed(1, () => {
          if (check(flow).length > 0)
            throw new Error(`${name} has problems: their ways would be measured, not the proof.`)
        })
      }
      once()
      return Promise.resolve(median(Array.from({ length: rounds }, once)) / 1_000)
    },
  }
}
