/**
 * Ratios on a noisy machine. The two sides run by turns in many short rounds and each round gives one ratio; the median
 * of them is the figure. What disturbs the machine for longer than a round disturbs both sides of it alike, and what
 * disturbs one side of a few rounds does not reach the median.
 */
export interface Rounds {
  readonly rounds: number
  /** Rounds whose ratio is not counted: code gets compiled and caches fill. */
  readonly warmUp: number
}

/** The median of `over / under`. Each side returns its cost; which of the two goes first changes with every round. */
export async function medianRatio(over: Side, under: Side, { rounds, warmUp }: Rounds): Promise<number> {
  const ratios: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    let above: number
    let below: number
    if (round % 2 === 0) {
      above = await over()
      below = await under()
    } else {
      below = await under()
      above = await over()
    }
    if (round >= 0) ratios.push(above / below)
  }
  return median(ratios)
}

type Side = () => number | Promise<number>

/** Milliseconds for doing `work` so many times. */
export function timed(times: number, work: () => void): number {
  const from = performance.now()
  for (let time = 0; time < times; time++) work()
  return performance.now() - from
}

/** @throws RangeError of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const high = sorted[sorted.length >> 1]
  const low = sorted[(sorted.length - 1) >> 1]
  if (high === undefined || low === undefined) throw new RangeError('Nothing has no median.')
  return (low + high) / 2
}
