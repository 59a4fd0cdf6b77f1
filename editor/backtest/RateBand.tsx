/** The handoff rate as it was and with the draft, on one line, with the band in which good handoff usually lies. */
import { Text, Title } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { words } from '../words/en.ts'
import classes from './RateBand.module.css'
import { BAND, percentOf, rateOf, TOO_EAGER, TOO_SHY } from './rate.ts'

const said = words.backtest.rate

interface Props {
  readonly all: number
  /** Conversations that came to a person. */
  readonly before: number
  readonly after: number
}

const HEIGHT = 62
const USUAL_WIDTH = 640
const SIDE = 18
/** The line stands here; above it the rate as it was, below it the draft's. */
const LINE = 30

export function RateBand({ all, before, after }: Props) {
  const id = useId()
  const { ref, width: shown } = useElementSize<HTMLDivElement>()
  const width = shown || USUAL_WIDTH
  const [was, is] = [rateOf(before, all), rateOf(after, all)]
  const top = Math.min(1, Math.max(0.4, Math.ceil(Math.max(was, is) * 10 + 0.5) / 10))
  const at = (rate: number): number => SIDE + ((width - 2 * SIDE) * rate) / top
  const ticks = Array.from({ length: Math.round(top * 10) + 1 }, (_, index) => index / 10)
  return (
    <section aria-labelledby={id}>
      <Title order={4} size="h6" id={id}>
        {said.title}
      </Title>
      <dl className={classes['figures']}>
        <Figure label={said.before} rate={was} counted={said.counted(before, all)} series="was" />
        <Figure label={said.after} rate={is} counted={said.counted(after, all)} series="is" />
      </dl>
      <div ref={ref} dir="ltr">
        <svg
          className={classes['line']}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={said.about(percentOf(was), percentOf(is))}
        >
          <rect
            className={classes['band']}
            x={at(BAND.from)}
            width={at(BAND.to) - at(BAND.from)}
            y={12}
            height={36}
            rx={4}
          />
          <text className={classes['bandName']} x={at((BAND.from + BAND.to) / 2)} y={9} textAnchor="middle">
            {said.band}
          </text>
          <line className={classes['axis']} x1={at(0)} x2={at(top)} y1={LINE} y2={LINE} />
          {ticks.map((tick) => (
            <g key={tick} className={classes['tick']}>
              <line x1={at(tick)} x2={at(tick)} y1={LINE - 3} y2={LINE + 3} />
              <text x={at(tick)} y={HEIGHT - 2} textAnchor="middle">
                {percentOf(tick)}
              </text>
            </g>
          ))}
          <line className={classes['moved']} x1={at(was)} x2={at(is)} y1={LINE} y2={LINE} />
          <circle className={classes['was']} cx={at(was)} cy={LINE} r={7} />
          <circle className={classes['is']} cx={at(is)} cy={LINE} r={6} />
        </svg>
      </div>
      {is < TOO_SHY && (
        <Text size="xs" c="dimmed">
          {said.below}
        </Text>
      )}
      {is > TOO_EAGER && (
        <Text size="xs" c="dimmed">
          {said.above}
        </Text>
      )}
    </section>
  )
}

interface FigureProps {
  readonly label: string
  readonly rate: number
  readonly counted: string
  readonly series: 'was' | 'is'
}

function Figure({ label, rate, counted, series }: FigureProps) {
  return (
    <div data-series={series}>
      <dt>{label}</dt>
      <dd>
        <b>{percentOf(rate)}</b> <span>{counted}</span>
      </dd>
    </div>
  )
}
