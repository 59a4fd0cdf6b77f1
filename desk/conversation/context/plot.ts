/** The mood's course as points of a chart. */
export type MoodName = 'good' | 'fair' | 'low' | 'bad'

/** A score from -1 to 1 in a word. */
export function moodOf(score: number): MoodName {
  if (score >= 0.25) return 'good'
  if (score > -0.25) return 'fair'
  return score > -0.6 ? 'low' : 'bad'
}

const EDGE = 6

/** Evenly from left to right, good on top; one score alone stands in the middle. */
export function plot(
  scores: readonly number[],
  width: number,
  height: number,
): readonly { readonly x: number; readonly y: number }[] {
  const step = scores.length < 2 ? 0 : (width - 2 * EDGE) / (scores.length - 1)
  return scores.map((score, index) => ({
    x: round(scores.length < 2 ? width / 2 : EDGE + index * step),
    y: round(EDGE + ((1 - Math.min(1, Math.max(-1, score))) / 2) * (height - 2 * EDGE)),
  }))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
