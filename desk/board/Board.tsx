/** The supervisor's board: who waits for whom, who works, and what is pressing, all of it live. */
import { useMemo } from 'react'
import type { AgentView, DeskConversation } from '#ui/answers.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { useClock } from '../clock/clock.ts'
import { length } from '../clock/telling.ts'
import { isWaiting } from '../conversation/standing.ts'
import { useLive } from '../live/store.ts'
import { words } from '../words/en.ts'
import { AgentTable } from './AgentTable.tsx'
import styles from './Board.module.css'
import { ConversationTable } from './ConversationTable.tsx'
import { BOARD } from './place.ts'
import { figuresOf } from './pressing.ts'
import { QueueTable } from './QueueTable.tsx'

const text = words.board

export function Board() {
  const { conversations, queues, agents, known } = useLive(({ desk }) => desk)
  const withPeople = useMemo(
    () => [...conversations.values()].filter((each) => isWaiting(each) || each.phase === 'agentActive'),
    [conversations],
  )
  return (
    <main id={BOARD} className={styles['board']} aria-label={text.title}>
      <h1>{text.title}</h1>
      {known ? (
        <>
          <Tiles conversations={withPeople} agents={agents} />
          <ConversationTable conversations={withPeople} />
          <div className={styles['pair']}>
            <QueueTable queues={queues} conversations={withPeople} />
            <AgentTable agents={agents} conversations={withPeople} />
          </div>
        </>
      ) : (
        <Waiting label={words.inbox.loading} />
      )}
    </main>
  )
}

interface TilesProps {
  readonly conversations: readonly DeskConversation[]
  readonly agents: readonly AgentView[]
}

const fiveSeconds = (time: number): number => Math.floor(time / 5_000) * 5_000

function Tiles({ conversations, agents }: TilesProps) {
  const now = useClock(fiveSeconds)
  const { waiting, longest, risk, late, online, load, capacity } = figuresOf(conversations, agents, now)
  const { figures } = text
  return (
    <dl className={styles['tiles']}>
      <Tile name={figures.waiting} value={String(waiting)} />
      <Tile name={figures.longest} value={longest === null ? text.nothing : length(longest)} />
      <Tile name={figures.risk} value={String(risk)} {...(risk > 0 ? { tone: 'warning' } : {})} />
      <Tile name={figures.late} value={String(late)} {...(late > 0 ? { tone: 'danger' } : {})} />
      <Tile name={figures.online} value={String(online)} />
      <Tile name={figures.load} value={text.loadOf(load, capacity)} />
    </dl>
  )
}

function Tile({
  name,
  value,
  tone,
}: {
  readonly name: string
  readonly value: string
  readonly tone?: 'warning' | 'danger'
}) {
  return (
    <div data-tone={tone}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
