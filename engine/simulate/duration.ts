const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/** Milliseconds as a flow writes them: `"90s"`, `"5m"`, `"1d"`, in the largest unit that says it exactly. */
export function durationText(milliseconds: number): string {
  const [unit, each] = units.find(([, length]) => milliseconds !== 0 && milliseconds % length === 0) ?? ['s', 1_000]
  return `${Math.round(milliseconds / each)}${unit}`
}
