export interface Point {
  readonly x: number
  readonly y: number
}

/** What a server was seen to hold, in megabytes. */
export interface Memory {
  /** Its heap, after each large collection. */
  readonly kept: readonly Point[]
  /** Its process, garbage and all. */
  readonly memory: readonly Point[]
}

/** How much `y` grows with each `x`: the line with the least squares. 0 where there are too few to say. */
export function slope(points: readonly Point[]): number {
  const x = mean(points.map((point) => point.x))
  const y = mean(points.map((point) => point.y))
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return spread === 0 ? 0 : points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread
}

/**
 * By how many percent the highest `y` of the last half is above that of the first half: how something grows that rises and
 * falls all the time. 0 where there are too few points to say.
 */
export function risePercent(points: readonly Point[]): number {
  const [first, last] = [points.slice(0, points.length / 2), points.slice(points.length / 2)].map(highest)
  return first === undefined || last === undefined ? 0 : (last / first - 1) * 100
}

/** Where points begin, end and were highest, in words. */
export function span(points: readonly Point[]): string {
  const megabytes = (y: number | undefined): string => (y ?? 0).toFixed(0)
  return `from ${megabytes(points[0]?.y)} to ${megabytes(points.at(-1)?.y)} MB, ${megabytes(highest(points))} at most`
}

function highest(points: readonly Point[]): number | undefined {
  return points.length === 0 ? undefined : Math.max(...points.map(({ y }) => y))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
