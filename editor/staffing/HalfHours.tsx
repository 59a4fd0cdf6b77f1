import { Table } from '@mantine/core'
import type { DryRunInterval } from '#ui/dry-run.ts'
import { FiguresTable } from '../shell/FiguresTable.tsx'
import { words } from '../words/en.ts'
import { clockAt } from './day.ts'
import { count, length, percent } from './figures.ts'
import type { Half } from './halves.ts'

const said = words.staffing.charts

interface HalfHoursProps {
  readonly halves: readonly Half[]
  readonly timezone: string
  readonly interval: number
  /** Otherwise only for those who hear the page. */
  readonly isShown: boolean
}

const columns: readonly { readonly label: string; readonly word: (interval: DryRunInterval) => string }[] = [
  { label: said.wait, word: ({ p90Wait }) => length(p90Wait) },
  { label: said.left, word: ({ abandonment }) => percent(abandonment) },
  { label: said.busy, word: ({ occupancy }) => percent(occupancy) },
  { label: said.people, word: ({ agents }) => count(agents) },
  { label: said.needed, word: ({ needed }) => count(needed) },
]

/** The charts' figures as a table. A figure that is other than it was stands behind what it was. */
export function HalfHours({ halves, timezone, interval, isShown }: HalfHoursProps) {
  const heads = [said.half, said.arrivals, ...columns.map(({ label }) => label)]
  return (
    <FiguresTable caption={said.caption} heads={heads} isShown={isShown}>
      {halves.map(({ from, was, asked }) => (
        <Table.Tr key={from}>
          <Table.Th scope="row">{halfHour(from, interval, timezone)}</Table.Th>
          <Table.Td>{was.arrivals}</Table.Td>
          {columns.map(({ label, word }) => (
            <Table.Td key={label}>{compared(word(was), word(asked))}</Table.Td>
          ))}
        </Table.Tr>
      ))}
    </FiguresTable>
  )
}

function halfHour(from: string, interval: number, timezone: string): string {
  const to = new Date(Date.parse(from) + interval).toISOString()
  return `${clockAt(from, timezone)}–${clockAt(to, timezone, { ends: true })}`
}

function compared(was: string, asked: string): string {
  return was === asked ? was : said.compared(was, asked)
}
