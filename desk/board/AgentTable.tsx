import { NativeSelect, Table } from '@mantine/core'
import type { AgentView, DeskConversation } from '#ui/answers.ts'
import { customerName } from '../conversation/naming.ts'
import { setPresence } from '../presence/myself.ts'
import { Dot } from '../presence/Dot.tsx'
import { SignInLink } from '../session/SignInLink.tsx'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import styles from './Board.module.css'
import { LoadBar } from './LoadBar.tsx'

const text = words.board

interface Props {
  readonly agents: readonly AgentView[]
  readonly conversations: readonly DeskConversation[]
}

/** Who is there, how much they hold, and of what; who is online first. */
export function AgentTable({ agents, conversations }: Props) {
  const { agent: heads } = text
  const sorted = [...agents].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
  return (
    <section className={styles['part']} aria-label={text.agents}>
      <h2>{text.agents}</h2>
      {agents.length === 0 ? (
        <p className={styles['none']}>{text.noAgents}</p>
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{heads.name}</Table.Th>
                <Table.Th>{heads.presence}</Table.Th>
                <Table.Th>{heads.load}</Table.Th>
                <Table.Th>{heads.holds}</Table.Th>
                <Table.Th>
                  <span className="unseen">{heads.link}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map((each) => (
                <Row
                  key={each.id}
                  agent={each}
                  holds={conversations.filter(({ owner }) => owner === `agent:${each.id}`)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

interface RowProps {
  readonly agent: AgentView
  readonly holds: readonly DeskConversation[]
}

function Row({ agent, holds }: RowProps) {
  const { id, name, presence, load, capacity } = agent
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span className={styles['agent']}>
          <Dot presence={presence} />
          <bdi>{name}</bdi>
        </span>
      </Table.Th>
      <Table.Td>
        <NativeSelect
          size="xs"
          w={110}
          aria-label={text.presenceOf(name)}
          value={presence}
          data={(['online', 'away', 'offline'] as const).map((value) => ({ value, label: words.presence[value] }))}
          onChange={({ currentTarget: { value } }) => {
            if (value === 'online' || value === 'away' || value === 'offline') void setPresence(id, value)
          }}
        />
      </Table.Td>
      <Table.Td>
        <LoadBar load={load} capacity={capacity} />
      </Table.Td>
      <Table.Td>
        <span className={styles['holds']}>
          {holds.map((each) => (
            <a
              key={each.id}
              href={paths.conversation(each.id)}
              onClick={(event) => {
                event.preventDefault()
                navigate(paths.conversation(each.id))
              }}
            >
              <bdi>{customerName(each.about)}</bdi>
            </a>
          ))}
        </span>
      </Table.Td>
      <Table.Td ta="end">
        <SignInLink agent={id} name={name} isSmall />
      </Table.Td>
    </Table.Tr>
  )
}

function rank({ presence }: AgentView): number {
  return presence === 'online' ? 0 : presence === 'away' ? 1 : 2
}
