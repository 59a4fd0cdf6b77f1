/** What `baton simulate` shows after each turn: what was said, and where the conversation stands. */
import type { Message } from '#engine/index.ts'
import type { Simulation, TriggerReading } from '#engine/simulate/index.ts'
import type { Style } from './style.ts'
import { lengthInWords } from './words.ts'

/** What was said to the customer, with the answers offered. */
export function said(messages: readonly Message[], style: Style): string {
  return messages
    .map(({ from, agent, text, quickReplies }) => {
      const who = style.cyan((agent?.name ?? from).padEnd(8))
      const replies = (quickReplies ?? []).map(
        ({ id, label, url }) =>
          `[${label}${url === undefined ? '' : ` ${url}`}${label === id ? '' : style.dim(` ${id}`)}]`,
      )
      const lines = [...text.split('\n'), ...(replies.length === 0 ? [] : [replies.join(' ')])]
      return `  ${who} ${lines.join('\n           ')}\n`
    })
    .join('')
}

/** State, owner, what is expected, signals with their figures, timers with what is left of them. */
export function standing(simulation: Simulation, style: Style): string {
  const { flow, view, timers, now, triggers, snapshot } = simulation
  const escalates = view.phase === 'escalation'
  const closed = view.closed === undefined ? [] : [`closed: ${view.closed.reason}`]
  const rows: (readonly [string, string])[] = [
    ['state', [style.bold(view.state), ownerInWords(view.owner), ...closed].join(' · ')],
    ['expects', view.expects.join(', ')],
    ['queue', view.queue === undefined ? '' : queueInWords(view.queue)],
    ['reason', escalates || view.phase === 'queued' ? (snapshot.machine.context.reason?.sentence ?? '') : ''],
    ['signals', escalates || view.phase === 'bot' ? signalsInWords(triggers, style) : ''],
    ['timers', timers.map(({ id, due }) => `${id} in ${lengthInWords(due - now)}`).join(', ')],
    ['clock', clockInWords(now, flow.timezone)],
  ]
  return rows
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `  ${style.dim(name.padEnd(8))} ${text}\n`)
    .join('')
}

function ownerInWords(owner: string): string {
  if (owner === 'bot') return 'the bot has the word'
  return owner === 'queue' ? 'waits for a person' : `${owner.slice('agent:'.length)} has the word`
}

function queueInWords({ team, position, eta, priority, offeredTo }: NonNullable<Simulation['view']['queue']>): string {
  return [
    `team ${team}`,
    ...(position === null ? [] : [`number ${position}`]),
    ...(eta === null ? [] : [`about ${lengthInWords(eta)}`]),
    ...(priority === 0 ? [] : [`priority ${priority}`]),
    offeredTo === undefined ? 'offered to nobody' : `offered to ${offeredTo}`,
  ].join(' · ')
}

/** Each signal that says something, as the first trigger that watches it sees it; what would fire stands out. */
function signalsInWords(triggers: readonly TriggerReading[], style: Style): string {
  const all = triggers.flatMap((each) => each.signals)
  const watched = all.filter(
    (each, index) =>
      all.findIndex((other) => other.signal === each.signal && other.threshold === each.threshold) === index,
  )
  const speaking = watched.filter(
    ({ value, matched }) => matched || (value !== null && value !== false && value !== 0 && value !== ''),
  )
  const figures = speaking.map(({ signal, value, threshold, matched }) => {
    const shown = typeof value === 'number' ? Math.round(value * 100) / 100 : String(value)
    const figure = `${signal} ${shown}${threshold === undefined ? '' : ` of ${threshold}`}`
    return matched ? style.yellow(figure) : figure
  })
  const quiet = watched.length - speaking.length
  return [...figures, ...(quiet === 0 ? [] : [style.dim(`${quiet} quiet`)])].join(' · ')
}

function clockInWords(now: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return `${format.format(now)} (${timeZone})`
}
