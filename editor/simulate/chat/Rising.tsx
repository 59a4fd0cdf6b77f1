import { Progress } from '@mantine/core'
import { useMemo } from 'react'
import { signals } from '#engine/index.ts'
import type { SignalReading, Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { nearness } from '../inside/meter.ts'
import { valueOf } from '../inside/Watchers.tsx'
import style from './Chat.module.css'

const MOST_SHOWN = 3

/** The signals on their way to a trigger, nearest first; nothing while all is quiet. */
export function Rising({ simulation }: { readonly simulation: Simulation }) {
  const rising = useMemo(() => nearest(simulation), [simulation])
  if (rising.length === 0) return null
  return (
    <ul className={style['rising']} aria-label={words.simulate.rising}>
      {rising.map((reading) => (
        <li key={reading.signal} title={reading.sentence}>
          <span>
            {signals[reading.signal].title} <b>{valueOf(reading)}</b>
          </span>
          <Progress
            size={3}
            value={nearness(reading) * 100}
            color={reading.matched ? 'orange' : 'blue'}
            aria-label={`${signals[reading.signal].title}: ${valueOf(reading)}`}
          />
        </li>
      ))}
    </ul>
  )
}

/** Each signal once, where it is nearest: triggers may watch the same with other figures. */
function nearest({ triggers }: Simulation): readonly SignalReading[] {
  const best = new Map<string, SignalReading>()
  for (const reading of triggers.flatMap((each) => each.signals)) {
    const known = best.get(reading.signal)
    if (nearness(reading) > (known === undefined ? 0 : nearness(known))) best.set(reading.signal, reading)
  }
  return [...best.values()].sort((one, other) => nearness(other) - nearness(one)).slice(0, MOST_SHOWN)
}
