/** A backtest as a table for the terminal. */
import { CHANGES, USUAL_RATE, type Change, type Swept } from '#engine/backtest/index.ts'
import type { Sum, Sweep } from './backtest.ts'
import { aligned } from './staff-table.ts'
import type { Style } from './style.ts'
import { counted } from './words.ts'

type Difference = Sum['differences'][number]

interface Shown {
  readonly flow: string
  /** How many differences are listed. */
  readonly list: number
  readonly sweep: Sweep | undefined
}

/** What changes and for how many, the handoff rate, the most telling differences, a sweep, and what was left out. */
export function backtestTable(sum: Sum, { flow, list, sweep }: Shown, style: Style): string {
  const { replayed } = sum
  if (replayed === 0) return [`${style.bold(flow)}: no conversation was played.`, ...skipped(sum, style), ''].join('\n')
  return [
    `${style.bold(flow)}: ${counted(replayed, 'conversation')} through the draft`,
    '',
    ...aligned([['', 'conversations', ''], ...countRows(sum)], style),
    '',
    ...rate(sum, style),
    ...(sum.sweep === undefined || sweep === undefined ? [] : ['', ...curve(sum.sweep, sweep, replayed, style)]),
    ...(sum.differences.length === 0 || list === 0 ? [] : ['', ...differences(sum, list, style)]),
    ...skipped(sum, style),
    '',
  ].join('\n')
}

const WORDS = {
  never: 'no longer handed off',
  newly: 'newly handed off',
  later: 'handed off later',
  earlier: 'handed off earlier',
  otherTeam: 'to another team',
  rungsLost: 'fewer rungs climbed',
  rungsGained: 'more rungs climbed',
  otherEnd: 'another end',
  otherWords: 'other words only',
} as const satisfies Record<Change, string>

function countRows({ changes, same, replayed }: Sum): readonly (readonly string[])[] {
  const found = CHANGES.filter((change) => changes[change] > 0)
  return [['the same', same] as const, ...found.map((change) => [WORDS[change], changes[change]] as const)].map(
    ([what, count]) => [what, `${count}`, percent(count, replayed)],
  )
}

function rate({ handoffs, replayed, unsure }: Sum, style: Style): readonly string[] {
  const [was, is] = [percent(handoffs.before, replayed), percent(handoffs.after, replayed)]
  const usual = `${USUAL_RATE.from * 100} to ${USUAL_RATE.to * 100} % is usual`
  return [
    `Handed off: ${was} as it was (${handoffs.before}), ${style.bold(is)} with the draft (${handoffs.after}); ${usual}.`,
    ...(unsure === 0
      ? []
      : [
          style.yellow(
            `${counted(unsure, 'difference')} ${unsure === 1 ? 'rests' : 'rest'} on a guess: the customer would have read something else before it.`,
          ),
        ]),
  ]
}

const BAR = 30

/** A bar for each value, as long as its rate. */
function curve(
  values: readonly Swept[],
  { trigger, signal, field }: Sweep,
  replayed: number,
  style: Style,
): readonly string[] {
  const most = Math.max(1, ...values.map(({ handoffs }) => handoffs))
  const head = [`${trigger}.${signal}.${field}`, 'handed off', 'earlier', 'later', 'newly', 'no longer', 'other team']
  const rows = values.map((each) => [
    `${each.value}`,
    percent(each.handoffs, replayed),
    `${each.earlier}`,
    `${each.later}`,
    `${each.newly}`,
    `${each.never}`,
    `${each.otherTeam}`,
  ])
  return aligned([head, ...rows], style).map((line, index) => {
    const at = values[index - 1]
    return at === undefined || at.handoffs === 0
      ? line
      : `${line}  ${style.cyan('█'.repeat(Math.round((at.handoffs / most) * BAR)))}`
  })
}

function differences(sum: Sum, list: number, style: Style): readonly string[] {
  const rows = sum.differences.slice(0, list)
  const left = sum.differences.length - rows.length
  const lines = columns([['conversation', 'what', 'as it was', 'with the draft'], ...rows.map(row)])
  return [
    ...lines.map((line, index) => (index === 0 ? style.dim(line) : line)),
    ...(left === 0 ? [] : [style.dim(`and ${left} more: --list ${sum.differences.length}, or --json`)]),
  ]
}

function row({ conversation, what, before, after, unsure }: Difference): readonly string[] {
  return [
    conversation,
    `${what.map((each) => WORDS[each]).join(', ')}${unsure ? ' (a guess)' : ''}`,
    course(before),
    course(after),
  ]
}

function course({ handoff, end }: Difference['before']): string {
  if (handoff === null) return `stays: ${end}`
  const where = handoff.team ?? handoff.state
  return `message ${handoff.turn}: ${where}${handoff.trigger === null ? '' : ` by ${handoff.trigger}`}`
}

/** Each why with how many it keeps out. */
function skipped({ skipped: all }: Sum, style: Style): readonly string[] {
  const whys = [...new Set(all.map(({ why }) => why))]
  return whys.map((why) =>
    style.yellow(`${counted(all.filter((each) => each.why === why).length, 'conversation')} left out: ${why}`),
  )
}

/** Columns of words, as wide as their widest cell. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  )
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function percent(count: number, of: number): string {
  return `${Math.round((count / of) * 1_000) / 10} %`
}
