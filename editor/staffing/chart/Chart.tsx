/** Two series over the same times as steps: what was, broken and quiet, and what was asked for, whole and strong. */
import { useElementSize } from '@mantine/hooks'
import { useId, type MouseEvent } from 'react'
import { words } from '../../words/en.ts'
import classes from './Chart.module.css'
import { across, stepsPath, ticksTo, upward, type Frame } from './scale.ts'

export interface ChartProps {
  readonly title: string
  /** When each interval begins, as it is written at the axis. */
  readonly times: readonly string[]
  readonly was: readonly (number | null)[]
  readonly asked: readonly (number | null)[]
  /** What counts as a round value at the axis. */
  readonly round: readonly number[]
  readonly word: (figure: number | null) => string
  /** The interval that is looked at. */
  readonly looked: number
  readonly onLook: (index: number) => void
}

const MARGINS = { left: 56, right: 8, top: 10, bottom: 20 } as const
const HEIGHT = 148
/** Before it is known. */
const USUAL_WIDTH = 720
/** A time at the axis wants as much room, in pixels. */
const ROOM = 56

export function Chart({ title, times, was, asked, round, word, looked, onLook }: ChartProps) {
  const id = useId()
  // Drawn as wide as it is shown, so that what is written stays as large as all else on the page.
  const { ref, width: shown } = useElementSize<HTMLElement>()
  const frame: Frame = { width: shown || USUAL_WIDTH, height: HEIGHT, ...MARGINS }
  const highest = Math.max(0, ...[...was, ...asked].map((value) => value ?? 0))
  const ticks = ticksTo(highest, round)
  const top = ticks.at(-1) ?? 1
  const look = (event: MouseEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * frame.width
    const index = Math.floor(((x - frame.left) / (frame.width - frame.left - frame.right)) * times.length)
    if (index >= 0 && index < times.length && index !== looked) onLook(index)
  }
  return (
    <figure ref={ref} className={classes['figure']}>
      <figcaption className={classes['caption']} id={id}>
        <span>{title}</span>
        <span className={classes['reading']}>
          {times[looked]}
          <b data-series="was">{word(was[looked] ?? null)}</b>
          <b data-series="asked">{word(asked[looked] ?? null)}</b>
        </span>
      </figcaption>
      <svg
        className={classes['chart']}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        role="img"
        aria-label={aboutOf({ title, times, asked, word })}
        onMouseMove={look}
        onClick={look}
      >
        <Axes frame={frame} ticks={ticks} times={times} word={word} />
        <rect
          className={classes['looked']}
          x={across(frame, looked, times.length)}
          y={frame.top}
          width={Math.max(1, across(frame, 1, times.length) - frame.left)}
          height={frame.height - frame.top - frame.bottom}
        />
        <path className={classes['was']} d={stepsPath(frame, was, top)} />
        <path className={classes['asked']} d={stepsPath(frame, asked, top)} />
      </svg>
    </figure>
  )
}

interface AxesProps extends Pick<ChartProps, 'times' | 'word'> {
  readonly frame: Frame
  readonly ticks: readonly number[]
}

function Axes({ frame, ticks, times, word }: AxesProps) {
  const most = Math.max(1, Math.floor((frame.width - frame.left - frame.right) / ROOM))
  const every = Math.max(1, Math.ceil(times.length / most / 2) * 2)
  const at = (tick: number): number => upward(frame, tick, ticks.at(-1) ?? 1)
  return (
    <g className={classes['axes']}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={frame.left} x2={frame.width - frame.right} y1={at(tick)} y2={at(tick)} />
          <text x={frame.left - 6} y={at(tick)} textAnchor="end" dominantBaseline="middle">
            {word(tick)}
          </text>
        </g>
      ))}
      {times.map((time, index) =>
        index % every === 0 ? (
          <text key={time} x={across(frame, index, times.length)} y={frame.height - 6} textAnchor="middle">
            {time}
          </text>
        ) : null,
      )}
    </g>
  )
}

/** The chart in one sentence: its highest figure as asked, and when. */
function aboutOf({ title, times, asked, word }: Pick<ChartProps, 'title' | 'times' | 'asked' | 'word'>): string {
  const known = asked.flatMap((value) => value ?? [])
  if (known.length === 0) return words.staffing.charts.about(title, '', '')
  const highest = Math.max(...known)
  return words.staffing.charts.about(title, word(highest), times[asked.indexOf(highest)] ?? '')
}
