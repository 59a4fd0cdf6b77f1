import { useCallback } from 'react'
import { useClock } from '../clock/clock.ts'
import { partLeft, secondsLeft } from '../clock/sla.ts'
import { words } from '../words/en.ts'
import styles from './Offers.module.css'

interface Props {
  /** Epoch ms. */
  readonly until: number
  /** How long it rings in all, ms. */
  readonly whole: number
}

const RADIUS = 20
const ROUND = 2 * Math.PI * RADIUS
/** The last seconds look otherwise. */
const SHORT = 10

/** A ring that runs out, with the seconds in it. */
export function Countdown({ until, whole }: Props) {
  const seconds = useClock(useCallback((now: number) => secondsLeft(until, now), [until]))
  const part = partLeft(until, whole, until - seconds * 1_000)
  return (
    <div
      className={styles['countdown']}
      data-short={seconds <= SHORT}
      role="timer"
      aria-label={words.offers.secondsLeft(seconds)}
      aria-live="off"
    >
      <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
        <circle cx="24" cy="24" r={RADIUS} className={styles['track']} />
        <circle
          cx="24"
          cy="24"
          r={RADIUS}
          className={styles['rest']}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
          transform="rotate(-90 24 24)"
        />
      </svg>
      <span aria-hidden="true">{seconds}</span>
    </div>
  )
}
