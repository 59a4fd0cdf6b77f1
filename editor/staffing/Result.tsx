import { Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DryRun, DryRunOutcome, DryRunTotals } from '#ui/dry-run.ts'
import { words } from '../words/en.ts'
import { Charts } from './Charts.tsx'
import { dayInWords } from './day.ts'
import { count, length, percent } from './figures.ts'
import classes from './Staffing.module.css'
import { trustOf, verdictOf } from './verdict.ts'

const said = words.staffing

interface ResultProps {
  readonly run: DryRun
  /** Nothing else was asked for. */
  readonly isAsItWas: boolean
}

/** What the day would have been like: in sentences, in figures, half hour by half hour. */
export function Result({ run, isAsItWas }: ResultProps) {
  return (
    <>
      <div className={classes['verdict']}>
        <Title order={3} size="h5">
          {said.verdict.title(dayInWords(run.day))}
        </Title>
        {verdictOf(run, isAsItWas).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Text size="xs" c="dimmed">
          {trustOf(run)}
        </Text>
      </div>
      <Totals run={run} />
      <Charts run={run} />
      {run.notes.length === 0 ? null : (
        <div>
          <Title order={4} size="h6">
            {said.notes}
          </Title>
          <ul className={classes['notes']}>
            {run.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const COLUMNS = ['measured', 'asItWas', 'asAsked'] as const

function Totals({ run }: { readonly run: DryRun }) {
  const region = { tabIndex: 0, role: 'region', 'aria-label': said.totals.title }
  return (
    <Table.ScrollContainer minWidth={340} scrollAreaProps={{ viewportProps: region }}>
      <Table verticalSpacing={4} horizontalSpacing={6} captionSide="top" className={classes['totals'] ?? ''}>
        <Table.Caption>{said.totals.title}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{said.totals.figure}</Table.Th>
            {COLUMNS.map((column) => (
              <Table.Th key={column} scope="col" title={said.columnsHelp[column]}>
                {said.columns[column]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(run).map(({ label, figure }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row">{label}</Table.Th>
              {COLUMNS.map((column) => (
                <Table.Td key={column}>{figure(run[column])}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface Row {
  readonly label: string
  figure(outcome: DryRunOutcome): ReactNode
}

function rowsOf({ goal }: DryRun): readonly Row[] {
  const of = (label: string, figure: (totals: DryRunTotals) => ReactNode): Row => ({
    label,
    figure: ({ totals }) => figure(totals),
  })
  const { totals } = said
  return [
    of(totals.arrivals, ({ arrivals }) => count(arrivals)),
    of(totals.served, ({ served }) => count(served)),
    of(totals.left, ({ left, abandonment }) => `${count(left)} (${percent(abandonment)})`),
    of(totals.meanWait, ({ meanWait }) => length(meanWait)),
    of(totals.medianWait, ({ medianWait }) => length(medianWait)),
    of(totals.p90Wait, ({ p90Wait }) => length(p90Wait)),
    of(totals.longestWait, ({ longestWait }) => length(longestWait)),
    of(totals.inGoal(percent(goal.share), length(goal.within)), ({ inGoal }) => percent(inGoal)),
    of(totals.occupancy, ({ occupancy }) => percent(occupancy)),
    of(totals.kept, ({ kept }) => percent(kept.share)),
    of(totals.agents, ({ agents }) => count(agents)),
    of(totals.needed, ({ needed }) => count(needed)),
  ]
}
