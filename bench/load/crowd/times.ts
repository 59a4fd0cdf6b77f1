import { createHistogram } from 'node:perf_hooks'
import type { Spread } from '../order.ts'

/** How long things took, counted so that noting one costs nothing and three digits of each are kept. */
export class Times {
  readonly #counts = createHistogram({ figures: 3 })

  /** Milliseconds. */
  note(took: number): void {
    this.#counts.record(Math.max(1, Math.round(took * 1_000)))
  }

  /** The milliseconds that this share of them does not exceed; 0 of none. */
  quantile(share: number): number {
    return this.#counts.count === 0 ? 0 : this.#counts.percentile(share * 100) / 1_000
  }
}

export function spreadOf(times: Times): Spread {
  return { p50: times.quantile(0.5), p99: times.quantile(0.99), max: times.quantile(1) }
}
