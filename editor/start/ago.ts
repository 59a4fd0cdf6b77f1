/** How long ago something was, in words. */
const units = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `time` is ISO 8601, `now` in milliseconds; a clock that is behind the server's says `now`. */
export function ago(time: string, now: number): string {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  const passed = Math.max(0, now - Date.parse(time))
  const unit = units.find(([, length]) => passed >= length)
  return unit ? words.format(-Math.floor(passed / unit[1]), unit[0]) : words.format(0, 'second')
}
