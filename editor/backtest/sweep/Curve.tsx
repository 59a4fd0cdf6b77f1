/** Handoff rate over the values of a figure: the band of good handoff behind it, the present value marked. */
import { useElementSize } from '@mantine/hooks'
import type { MouseEvent } from 'react'
import { ROUND_SHARES, ticksTo, upward, type Frame } from '../../staffing/chart/scale.ts'
import { words } from '../../words/en.ts'
import { BAND, percentOf } from '../rate.ts'
import { curvePath, nearest, xOf } from './curve.ts'
import classes from './Sweep.module.css'

const said = words.backtest.sweep

export interface Point {
  readonly value: number
  readonly rate: number
}

interface Props {
  readonly name: string
  /** By value, smallest first; one at least. */
  readonly points: readonly Point[]
  readonly present: number | null
  /** The index of the one that is looked at. */
  readonly looked: number
  readonly onLook: (index: number) => void
}

const MARGINS = { left: 48, right: 16, top: 18, bottom: 24 } as const
const HEIGHT = 190
const USUAL_WIDTH = 720
/** A value at the axis wants as much room, in pixels. */
const ROOM = 44

export function Curve({ name, points, present, looked, onLook }: Props) {
  const { ref, width: shown } = useElementSize<HTMLDivElement>()
  const frame: Frame = { width: shown || USUAL_WIDTH, height: HEIGHT, ...MARGINS }
  const rates = points.map(({ rate }) => rate)
  const ticks = ticksTo(Math.max(BAND.to, ...rates), ROUND_SHARES)
  const top = ticks.at(-1) ?? 1
  const at = (value: number): number => xOf(frame, points, value)
  const up = (rate: number): number => upward(frame, rate, top)
  const look = (event: MouseEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const index = nearest(frame, points, ((event.clientX - box.left) / box.width) * frame.width)
    if (index !== looked) onLook(index)
  }
  const point = points[looked]
  const every = Math.max(1, Math.ceil((points.length * ROOM) / (frame.width - frame.left - frame.right)))
  return (
    <div ref={ref} dir="ltr">
      <svg
        className={classes['curve']}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        role="img"
        onClick={look}
        aria-label={said.about(name, percentOf(Math.min(...rates)), percentOf(Math.max(...rates)))}
      >
        <rect
          className={classes['band']}
          x={frame.left}
          width={frame.width - frame.left - frame.right}
          y={up(BAND.to)}
          height={up(BAND.from) - up(BAND.to)}
        />
        {ticks.map((tick) => (
          <g key={tick} className={classes['axis']}>
            <line x1={frame.left} x2={frame.width - frame.right} y1={up(tick)} y2={up(tick)} />
            <text x={frame.left - 6} y={up(tick)} textAnchor="end" dominantBaseline="middle">
              {percentOf(tick)}
            </text>
          </g>
        ))}
        {points.map(({ value }, index) =>
          index % every === 0 ? (
            <text key={value} className={classes['value']} x={at(value)} y={frame.height - 6} textAnchor="middle">
              {value}
            </text>
          ) : null,
        )}
        {present !== null && present >= (points[0]?.value ?? 0) && present <= (points.at(-1)?.value ?? 0) && (
          <g className={classes['present']}>
            <line x1={at(present)} x2={at(present)} y1={frame.top} y2={frame.height - frame.bottom} />
            <text x={at(present)} y={frame.top - 6} textAnchor="middle">
              {said.present}
            </text>
          </g>
        )}
        <path className={classes['line']} d={curvePath(frame, points, top)} />
        {points.map(({ value, rate }) => (
          <circle key={value} className={classes['point']} cx={at(value)} cy={up(rate)} r={3} />
        ))}
        {point !== undefined && <circle className={classes['looked']} cx={at(point.value)} cy={up(point.rate)} r={6} />}
      </svg>
    </div>
  )
}
