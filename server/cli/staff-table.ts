/** A dry run as a table for the terminal. */
import type { z } from 'zod'
import type { dryRunView } from '#server/http/schemas/dry-run.ts'
import type { Style } from './style.ts'
import { lengthInWords } from './words.ts'

export type DryRunAnswer = z.output<typeof dryRunView>
type Outcome = DryRunAnswer['asItWas']
type Interval = Outcome['intervals'][number]

/** Three lines for the day, one for each half hour in which somebody came or worked, and what is not known. */
export function table(run: DryRunAnswer, style: Style): string {
  const goal = `${Math.round(run.goal.share * 100)} % answered within ${lengthInWords(run.goal.within)}`
  return [
    `${style.bold(`${run.team}, ${run.day}`)} ${style.dim(`(${run.timezone})`)}`,
    '',
    ...aligned([DAY_HEAD, ...DAY_ROWS.map(([name, of]) => dayRow(name, run[of]))], style),
    '',
    ...aligned([INTERVAL_HEADS[0], INTERVAL_HEADS[1], ...intervalRows(run)], style, 2),
    '',
    style.dim(`“needed”: ${goal}, by Erlang C`),
    ...run.notes.map((note) => style.dim(note)),
    '',
  ].join('\n')
}

const DAY_HEAD = ['', 'agents', 'came', 'served', 'left', 'mean', 'median', '90 %', 'longest', 'occupied', 'kept']
const DAY_ROWS = [
  ['measured', 'measured'],
  ['as it was', 'asItWas'],
  ['as asked', 'asAsked'],
] as const

function dayRow(name: string, { totals }: Outcome): readonly string[] {
  const { agents, arrivals, served, meanWait, medianWait, p90Wait, longestWait, occupancy, kept } = totals
  return [
    name,
    `${agents}`,
    `${arrivals}`,
    `${served}`,
    share(totals.abandonment),
    ...[meanWait, medianWait, p90Wait, longestWait].map(length),
    share(occupancy),
    share(kept.share),
  ]
}

const FIGURES = ['agents', 'mean', '90 %', 'left', 'occupied']
const INTERVAL_HEADS = [
  ['', '', 'as it was', '', '', '', '', 'as asked', '', '', '', '', ''],
  ['from', 'came', ...FIGURES, ...FIGURES, 'needed'],
] as const

function intervalRows({ asItWas, asAsked, timezone }: DryRunAnswer): readonly (readonly string[])[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })
  return asItWas.intervals.flatMap((was, index) => {
    const asked = asAsked.intervals[index]
    if (asked === undefined || (was.arrivals === 0 && was.agents === 0 && asked.agents === 0)) return []
    const needed = asked.needed === null ? '' : `${asked.needed}`
    return [[clock.format(Date.parse(was.from)), `${was.arrivals}`, ...figures(was), ...figures(asked), needed]]
  })
}

function figures({ agents, meanWait, p90Wait, abandonment, occupancy }: Interval): readonly string[] {
  return [`${Math.round(agents * 10) / 10}`, length(meanWait), length(p90Wait), share(abandonment), share(occupancy)]
}

function length(milliseconds: number | null): string {
  return milliseconds === null ? '–' : lengthInWords(Math.round(milliseconds / 1_000) * 1_000)
}

function share(part: number | null): string {
  return part === null ? '–' : `${Math.round(part * 100)} %`
}

/** Columns as wide as their widest cell, figures to the right; the first `heads` rows dimmed. */
export function aligned(rows: readonly (readonly string[])[], style: Style, heads = 1): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  )
  return rows.map((row, index) => {
    const line = row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
    return index < heads ? style.dim(line) : line
  })
}
