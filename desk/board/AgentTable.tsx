import { ActionIcon, Button, Modal, NativeSelect, Table, Text, TextInput, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { ApiProblem } from '#ui/request.ts'
import type { AgentView, DeskConversation } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { customerName } from '../conversation/naming.ts'
import { setPresence } from '../presence/myself.ts'
import { Dot } from '../presence/Dot.tsx'
import { Glyph } from '../shell/Glyph.tsx'
import { navigate, paths } from '../shell/route.ts'
import { say } from '../shell/said.ts'
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
  const [link, setLink] = useState<{ readonly name: string; readonly url: string } | null>(null)
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
                  onLink={setLink}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </section>
  )
}

interface RowProps {
  readonly agent: AgentView
  readonly holds: readonly DeskConversation[]
  onLink(link: { readonly name: string; readonly url: string }): void
}

function Row({ agent, holds, onLink }: RowProps) {
  const { id, name, presence, load, capacity } = agent
  const make = async (): Promise<void> => {
    try {
      const { url } = await api.signInLink(id)
      onLink({ name, url: new URL(url, window.location.origin).toString() })
    } catch (error) {
      say({ tone: 'warning', text: error instanceof ApiProblem ? error.detail : '' })
    }
  }
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
        <Tooltip label={text.link.title(name)}>
          <ActionIcon variant="subtle" color="gray" c="var(--text-dim)" aria-label={text.link.title(name)} onClick={() => void make()}>
            <Glyph name="key" size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  )
}

function LinkDialog({ link, onClose }: { readonly link: { readonly name: string; readonly url: string } | null; onClose(): void }) {
  const copy = (): void => {
    if (link === null) return
    // Without https there is no clipboard: the address stands in the field, to be copied by hand.
    void navigator.clipboard?.writeText(link.url).then(() => say({ tone: 'good', text: text.copied(link.name) }))
  }
  return (
    <Modal opened={link !== null} onClose={onClose} title={link === null ? '' : text.link.title(link.name)}>
      <Text size="sm" mb="sm">
        {text.link.explain}
      </Text>
      <TextInput value={link?.url ?? ''} readOnly aria-label={text.agent.link} onFocus={(event) => event.currentTarget.select()} data-autofocus />
      <Button mt="md" onClick={copy}>
        {text.link.copy}
      </Button>
    </Modal>
  )
}

function rank({ presence }: AgentView): number {
  return presence === 'online' ? 0 : presence === 'away' ? 1 : 2
}
