/** Where figures lie on a chart. Law: every figure lies between the axis and the highest tick, and ticks are round. */

export interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Values of an axis from 0 up, few and round; `round` holds what counts as round, smallest first. */
export function ticksTo(highest: number, round: readonly number[]): readonly number[] {
  const most = 4
  const roundest = round.at(-1) ?? 1
  const step = round.find((each) => highest <= each * most) ?? Math.ceil(highest / most / roundest) * roundest
  const count = Math.max(1, Math.ceil(highest / step))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** Seconds, minutes and hours that people count in, in milliseconds. */
export const ROUND_LENGTHS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * 3_600_000),
]

export const ROUND_SHARES: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25]

/** Across: where interval `index` of `count` begins; `count` itself is where the last one ends. */
export function across({ left, right, width }: Frame, index: number, count: number): number {
  return left + ((width - left - right) * index) / Math.max(1, count)
}

export function upward({ top, bottom, height }: Frame, value: number, highest: number): number {
  return height - bottom - ((height - top - bottom) * value) / (highest === 0 ? 1 : highest)
}

/** A line in steps, one for each interval; where nothing is known there is a gap. */
export function stepsPath(frame: Frame, values: readonly (number | null)[], highest: number): string {
  let isDrawing = false
  return values
    .flatMap((value, index) => {
      if (value === null) {
        isDrawing = false
        return []
      }
      const y = upward(frame, value, highest)
      const [from, to] = [across(frame, index, values.length), across(frame, index + 1, values.length)]
      const begin = isDrawing ? `L${figure(from)} ${figure(y)}` : `M${figure(from)} ${figure(y)}`
      isDrawing = true
      return [`${begin}H${figure(to)}`]
    })
    .join('')
}

function figure(value: number): string {
  return String(Math.round(value * 10) / 10)
}
