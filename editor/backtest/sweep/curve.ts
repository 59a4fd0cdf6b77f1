/** Where the points of a curve lie. Law: values keep their distances, and the first and the last stand at the ends. */
import { upward, type Frame } from '../../staffing/chart/scale.ts'

interface Placed {
  readonly value: number
  readonly rate: number
}

/** Across: where a value stands; a single one in the middle. */
export function xOf({ left, right, width }: Frame, points: readonly Placed[], value: number): number {
  const [low, high] = [points[0]?.value ?? 0, points.at(-1)?.value ?? 0]
  const share = high > low ? (value - low) / (high - low) : 0.5
  return left + (width - left - right) * share
}

/** The index of the point that is nearest to a place across. */
export function nearest(frame: Frame, points: readonly Placed[], x: number): number {
  const distances = points.map(({ value }) => Math.abs(xOf(frame, points, value) - x))
  return distances.indexOf(Math.min(...distances))
}

export function curvePath(frame: Frame, points: readonly Placed[], highest: number): string {
  return points
    .map(({ value, rate }, index) => {
      const [x, y] = [xOf(frame, points, value), upward(frame, rate, highest)]
      return `${index === 0 ? 'M' : 'L'}${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
    })
    .join('')
}
