/** What the commands say in the same words. */
import { durationText, type ScenarioDoing } from '#engine/simulate/index.ts'

/** A step of a scenario as a sentence. */
export function stepInWords(step: ScenarioDoing): string {
  if ('clock' in step) return `clock ${step.clock}`
  if ('event' in step) return `event ${JSON.stringify(step.event)}${step.by === undefined ? '' : ` by ${step.by}`}`
  if ('agent' in step) return doingInWords('agent', step.agent)
  if ('server' in step) return doingInWords('server', step.server)
  if ('given' in step) return doingInWords('given', step.given)
  if ('customer' in step) {
    return typeof step.customer === 'string' ? `customer “${step.customer}”` : doingInWords('customer', step.customer)
  }
  return typeof step.bot === 'string'
    ? `bot “${step.bot}”${'fallback' in step && step.fallback ? ' (not understood)' : ''}`
    : doingInWords('bot', step.bot)
}

function doingInWords(who: string, doing: object): string {
  const [does, ...rest] = Object.entries(doing).map(([key, value]) =>
    value === true ? key : `${key} ${typeof value === 'string' ? `“${value}”` : JSON.stringify(value)}`,
  )
  return [who, does, ...rest].join(' ')
}

/** Milliseconds as a person reads them at a glance: "2m 5s", "1d 3h". */
export function lengthInWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000)
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
  const units = [
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'm'],
    [rest, 's'],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  if (first < 0) return milliseconds > 0 ? durationText(milliseconds) : '0s'
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}

/** "1 scenario", "2 scenarios". */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
