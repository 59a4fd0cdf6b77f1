/** Wait, abandonment and occupancy of each half hour, as it was and as asked; one is looked at in all of them. */
import { Button, Title } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import type { DryRun, DryRunInterval } from '#ui/dry-run.ts'
import { words } from '../words/en.ts'
import { Chart } from './chart/Chart.tsx'
import { ROUND_LENGTHS, ROUND_SHARES } from './chart/scale.ts'
import { clockAt } from './day.ts'
import { length, percent } from './figures.ts'
import { busyHours, type Half } from './halves.ts'
import { HalfHours } from './HalfHours.tsx'
import classes from './Staffing.module.css'

const said = words.staffing.charts

interface Measure {
  readonly name: 'waits' | 'abandonment' | 'occupancy'
  readonly round: readonly number[]
  figure(interval: DryRunInterval): number | null
  word(figure: number | null): string
}

const measures: readonly Measure[] = [
  { name: 'waits', round: ROUND_LENGTHS, figure: ({ p90Wait }) => p90Wait, word: length },
  { name: 'abandonment', round: ROUND_SHARES, figure: ({ abandonment }) => abandonment, word: percent },
  { name: 'occupancy', round: ROUND_SHARES, figure: ({ occupancy }) => occupancy, word: percent },
]

export function Charts({ run }: { readonly run: DryRun }) {
  const halves = useMemo(() => busyHours(run), [run])
  const id = useId()
  const [chosen, setChosen] = useState<number>()
  const [isTable, setTable] = useState(false)
  const looked = Math.min(chosen ?? busiest(halves), halves.length - 1)
  const times = halves.map(({ from }) => clockAt(from, run.timezone))
  const half = halves[looked]
  return (
    <section className={classes['charts']} aria-labelledby={id} dir="ltr">
      <div className={classes['chartsHead']}>
        <Title order={4} size="h6" id={id}>
          {said.title}
        </Title>
        <ul className={classes['legend']}>
          <li data-series="was">{words.staffing.columns.asItWas}</li>
          <li data-series="asked">{words.staffing.columns.asAsked}</li>
        </ul>
      </div>
      {measures.map(({ name, round, figure, word }) => (
        <Chart
          key={name}
          title={said[name]}
          times={times}
          round={round}
          word={word}
          looked={looked}
          onLook={setChosen}
          was={halves.map(({ was }) => figure(was))}
          asked={halves.map(({ asked }) => figure(asked))}
        />
      ))}
      {half === undefined ? null : (
        // The browser's own follows the direction of the charts, whichever way the page is read.
        <input
          type="range"
          className={classes['look']}
          min={0}
          max={halves.length - 1}
          value={looked}
          aria-label={said.look}
          aria-valuetext={told(half, run)}
          onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
        />
      )}
      <Button variant="subtle" size="compact-sm" aria-expanded={isTable} onClick={() => setTable((was) => !was)}>
        {isTable ? said.hideTable : said.showTable}
      </Button>
      <HalfHours halves={halves} timezone={run.timezone} interval={run.interval} isShown={isTable} />
    </section>
  )
}

/** One half hour in words, as a screen reader tells it. */
function told({ from, was, asked }: Half, { timezone, interval }: DryRun): string {
  const to = new Date(Date.parse(from) + interval).toISOString()
  const parts = measures.map(({ name, figure, word }) => {
    return `${said[name]}: ${said.compared(word(figure(was)), word(figure(asked)))}`
  })
  return [said.at(clockAt(from, timezone), clockAt(to, timezone, { ends: true })), ...parts].join('. ')
}

/** Where most came: there it is decided. */
function busiest(halves: readonly Half[]): number {
  const most = Math.max(...halves.map(({ was }) => was.arrivals))
  return Math.max(
    0,
    halves.findIndex(({ was }) => was.arrivals === most),
  )
}
