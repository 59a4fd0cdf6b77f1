import { useMemo } from 'react'
import type { Simulation } from '#engine/simulate/index.ts'
import type { Run, RunEvent } from '../run/run.ts'
import { turnOf } from '../run/turn.ts'
import style from './Chat.module.css'
import { Clock } from './Clock.tsx'
import { Composer } from './Composer.tsx'
import { Queued } from './Queued.tsx'
import { Rising } from './Rising.tsx'
import { Standing } from './Standing.tsx'
import { Timeline } from './Timeline.tsx'
import { Transcript } from './Transcript.tsx'

export interface ChatProps {
  readonly run: Run
  /** The run up to the step that is shown. */
  readonly simulation: Simulation
  readonly send: (event: RunEvent) => void
}

/** The conversation: where it stands, what was said, and the word for whoever has it. */
export function Chat({ run, simulation, send }: ChatProps) {
  const turn = useMemo(() => turnOf(simulation), [simulation])
  return (
    <div className={style['chat']}>
      <Standing simulation={simulation} turn={turn} />
      <Queued simulation={simulation} />
      <Rising simulation={simulation} />
      <Transcript simulation={simulation} onStep={(step) => send({ type: 'show', step })} />
      <Timeline run={run} send={send} />
      <Clock simulation={simulation} onDo={(doing) => send({ type: 'do', doing })} />
      <Composer simulation={simulation} turn={turn} onDo={(doing) => send({ type: 'do', doing })} />
    </div>
  )
}
