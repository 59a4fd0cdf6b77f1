import { Button, UnstyledButton } from '@mantine/core'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Message } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { phaseColours } from '../phase.ts'
import { rowsOf, type Row } from '../run/rows.ts'
import { hourTime } from '../run/time.ts'
import style from './Chat.module.css'
import { inWords } from './happening.ts'

interface Props {
  readonly simulation: Simulation
  /** Goes back to a step. */
  readonly onStep: (step: number) => void
}

/** Of a long conversation the latest rows are drawn, until somebody wants to read it from the beginning. */
const MOST = 200

/** What was said, and small between it what else happened; each row goes back to its moment. */
export const Transcript = memo(function Transcript({ simulation, onStep }: Props) {
  const rows = useMemo(() => rowsOf(simulation, simulation.steps.length - 1), [simulation])
  const [whole, setWhole] = useState(false)
  const earlier = whole ? 0 : Math.max(0, rows.length - MOST)
  const talk = useRef<HTMLDivElement>(null)
  const last = rows.at(-1)?.key
  useEffect(() => {
    talk.current?.scrollTo({ top: talk.current.scrollHeight })
  }, [last])
  return (
    <div ref={talk} className={style['talk']} role="log" aria-label={words.simulate.transcript} tabIndex={0}>
      {earlier > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setWhole(true)}>
          {words.simulate.earlierRows(earlier)}
        </Button>
      )}
      {rows.slice(earlier).map((row) => (
        <TranscriptRow key={row.key} row={row} simulation={simulation} onStep={onStep} />
      ))}
    </div>
  )
})

function TranscriptRow({ row, simulation, onStep }: Props & { readonly row: Row }) {
  const { timezone, language } = simulation.flow
  const label = words.simulate.goBack(hourTime(row.at, timezone, language))
  const back = { title: label, onClick: () => onStep(row.step) }
  if (row.kind === 'message') {
    return (
      <div className={style['message']} data-from={row.message.from}>
        <UnstyledButton className={style['who']} {...back}>
          {speakerOf(row.message)} · {hourTime(row.at, timezone, language)}
        </UnstyledButton>
        <div className={style['bubble']}>{row.message.text}</div>
      </div>
    )
  }
  const text = inWords(row.happening, simulation)
  const phase = row.happening.what === 'moved' ? row.happening.phase : undefined
  return (
    <UnstyledButton
      className={style['happening']}
      data-phase={phase}
      style={phase === undefined ? undefined : phaseColours(phase)}
      {...back}
    >
      <span>{text}</span>
    </UnstyledButton>
  )
}

function speakerOf({ from, agent }: Message): string {
  return from === 'agent' ? (agent?.name ?? words.simulate.agent) : words.simulate[from]
}
