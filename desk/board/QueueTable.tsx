import { Table } from '@mantine/core'
import { useCallback } from 'react'
import type { DeskConversation, QueueView } from '#ui/answers.ts'
import { useClock } from '../clock/clock.ts'
import { length } from '../clock/telling.ts'
import { words } from '../words/en.ts'
import styles from './Board.module.css'
import { LoadBar } from './LoadBar.tsx'
import { sinceOf } from './pressing.ts'

const text = words.board

interface Props {
  readonly queues: readonly QueueView[]
  readonly conversations: readonly DeskConversation[]
}

/** Each team's queue. */
export function QueueTable({ queues, conversations }: Props) {
  const { queue: heads } = text
  return (
    <section className={styles['part']} aria-label={text.queues}>
      <h2>{text.queues}</h2>
      {queues.length === 0 ? (
        <p className={styles['none']}>{text.noQueues}</p>
      ) : (
        <Table.ScrollContainer minWidth={440}>
          <Table verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{heads.team}</Table.Th>
                <Table.Th ta="end">{heads.waiting}</Table.Th>
                <Table.Th ta="end">{heads.longest}</Table.Th>
                <Table.Th ta="end">{heads.eta}</Table.Th>
                <Table.Th ta="end">{heads.kept}</Table.Th>
                <Table.Th>{heads.agents}</Table.Th>
                <Table.Th>{heads.load}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {queues.map(({ team, waiting, eta, within, kept, agents }) => (
                <Table.Tr key={team}>
                  <Table.Th scope="row">
                    <bdi>{team}</bdi>
                  </Table.Th>
                  <Table.Td ta="end" className={styles['figure']} data-strong={waiting > 0}>
                    {waiting}
                  </Table.Td>
                  <Table.Td ta="end" className={styles['figure']}>
                    <Longest of={conversations.filter(({ queue }) => queue?.team === team)} />
                  </Table.Td>
                  <Table.Td ta="end" className={styles['figure']}>
                    {eta === null ? text.never : eta < 1_000 ? text.now : length(eta)}
                    {within !== null && within >= 1_000 && (
                      <small className={styles['dim']}>{text.within(length(within))}</small>
                    )}
                  </Table.Td>
                  <Table.Td ta="end" className={styles['figure']}>
                    <Kept {...kept} />
                  </Table.Td>
                  <Table.Td>{text.agentsLine(agents.online, agents.away)}</Table.Td>
                  <Table.Td>
                    <LoadBar load={agents.load} capacity={agents.capacity} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

/** How true what was told has been. */
function Kept({ over, share, medianError }: QueueView['kept']) {
  if (share === null) return text.nothing
  const percent = Math.round(share * 100)
  const help = text.keptHelp(percent, over, medianError === null ? null : Math.round(medianError * 100))
  return (
    <span title={help} aria-label={help}>
      {text.keptShare(percent)}
    </span>
  )
}

function Longest({ of }: { readonly of: readonly DeskConversation[] }) {
  const since = of.length === 0 ? null : Math.min(...of.map(sinceOf))
  return useClock(useCallback((now: number) => (since === null ? text.nothing : length(now - since)), [since]))
}
