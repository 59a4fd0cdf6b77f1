import { SegmentedControl, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import type { Doing } from '../run/doing.ts'
import type { Speaker, Turn } from '../run/turn.ts'
import { AgentTurn } from './AgentTurn.tsx'
import { BotTurn } from './BotTurn.tsx'
import style from './Chat.module.css'
import { CustomerTurn } from './CustomerTurn.tsx'

export interface TurnProps {
  readonly simulation: Simulation
  readonly turn: Turn
  readonly onDo: (doing: Doing) => void
}

const speakers = ['customer', 'bot', 'agent'] as const satisfies readonly Speaker[]

/** The word for whoever has it; the designer may take it for anybody. */
export function Composer({ simulation, turn, onDo }: TurnProps) {
  const [chosen, setChosen] = useState<{ readonly speaker: Speaker; readonly at: unknown }>()
  const composer = useRef<HTMLElement>(null)
  // A choice holds until something happens; then the word goes to whose turn it is.
  const speaker = chosen?.at === simulation.last ? chosen.speaker : turn.speaker
  const focused = useFocusThatFollows(composer, speaker)
  const does = (doing: Doing): void => {
    focused.current = composer.current?.contains(document.activeElement) ?? false
    onDo(doing)
  }
  const props = { simulation, turn, onDo: does }
  return (
    <section ref={composer} className={style['composer']} aria-label={words.simulate.speakAs}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={words.simulate.speakAs}
        value={speaker}
        onChange={(value) => setChosen({ speaker: value, at: simulation.last })}
        data={speakers.map((each) => ({
          value: each,
          label: <SpeakerName speaker={each} isDue={each === turn.speaker && turn.awaited !== 'closed'} />,
        }))}
      />
      {turn.awaited === 'closed' && <Text size="xs">{words.simulate.over}</Text>}
      {speaker === 'customer' && <CustomerTurn {...props} />}
      {speaker === 'bot' && <BotTurn {...props} />}
      {speaker === 'agent' && <AgentTurn {...props} />}
    </section>
  )
}

function SpeakerName({ speaker, isDue }: { readonly speaker: Speaker; readonly isDue: boolean }) {
  const name = words.simulate[speaker]
  return (
    <span className={style['turn']} data-due={isDue || undefined} title={isDue ? words.simulate.turn(name) : undefined}>
      {name}
    </span>
  )
}

/** Whoever writes goes on writing: when the word goes to another side, the focus goes into its field. */
function useFocusThatFollows(composer: React.RefObject<HTMLElement | null>, speaker: Speaker) {
  const focused = useRef(false)
  useEffect(() => {
    if (focused.current) composer.current?.querySelector<HTMLElement>('[data-say]')?.focus()
    focused.current = false
  }, [composer, speaker])
  return focused
}
