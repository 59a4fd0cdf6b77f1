import { Button, Menu, ActionIcon, Table } from '@mantine/core'
import { useMemo } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { DeskConversation } from '#ui/answers.ts'
import { reach } from '../actions/focus.ts'
import { Age } from '../clock/Age.tsx'
import { SlaChip } from '../clock/SlaChip.tsx'
import { useClock } from '../clock/clock.ts'
import { takeOver, accept } from '../conversation/acts.ts'
import { asSentence, customerName } from '../conversation/naming.ts'
import { mayOf } from '../conversation/standing.ts'
import { useMe } from '../session/me.ts'
import { changeDraft } from '../session/work.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { overlays } from '../shell/overlays.ts'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import styles from './Board.module.css'
import { BOARD } from './place.ts'
import { pressingFirst, sinceOf } from './pressing.ts'

const text = words.board
const halfMinutes = (time: number): number => Math.floor(time / 30_000) * 30_000

/** All that is with people, the most pressing first; what can be done is a click away. */
export function ConversationTable({ conversations }: { readonly conversations: readonly DeskConversation[] }) {
  const now = useClock(halfMinutes)
  const sorted = useMemo(() => pressingFirst(conversations, now), [conversations, now])
  const { conversation: heads } = text
  return (
    <section className={styles['part']} aria-label={text.conversations}>
      <h2>{text.conversations}</h2>
      {sorted.length === 0 ? (
        <p className={styles['none']}>{text.none}</p>
      ) : (
        <Table.ScrollContainer minWidth={760}>
          <Table verticalSpacing={7} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{heads.customer}</Table.Th>
                <Table.Th>{heads.state}</Table.Th>
                <Table.Th>{heads.reason}</Table.Th>
                <Table.Th>{heads.wait}</Table.Th>
                <Table.Th>{heads.sla}</Table.Th>
                <Table.Th>
                  <span className="unseen">{heads.act}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map((each) => (
                <Row key={each.id} conversation={each} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}

function Row({ conversation }: { readonly conversation: DeskConversation }) {
  const { id, about, queue, agent } = conversation
  const name = customerName(about)
  const isWaiting = queue !== undefined
  return (
    <Table.Tr>
      <Table.Td className={styles['customer']}>
        <a
          href={paths.conversation(id)}
          onClick={(event) => {
            event.preventDefault()
            navigate(paths.conversation(id))
          }}
        >
          <bdi>{name}</bdi>
        </a>
      </Table.Td>
      <Table.Td>
        <span className={styles['state']} data-waiting={isWaiting}>
          <Glyph name={isWaiting ? 'clock' : 'people'} size={14} />
          <bdi>
            {isWaiting
              ? words.conversation.standing.waiting(queue.team)
              : words.conversation.standing.theirs(agent?.name ?? '')}
          </bdi>
        </span>
        {queue?.offeredTo !== undefined && (
          <small className={styles['dim']}>{words.inbox.offeredTo(about.offer?.agent.name ?? queue.offeredTo)}</small>
        )}
      </Table.Td>
      <Table.Td className={styles['reason']} dir="auto" title={about.reason ?? ''}>
        {asSentence(about.reason ?? '')}
      </Table.Td>
      <Table.Td className={styles['figure']}>
        <Age at={new Date(sinceOf(conversation)).toISOString()} />
      </Table.Td>
      <Table.Td>
        {about.sla === null ? <span className={styles['dim']}>{text.nothing}</span> : <SlaChip about={about} />}
      </Table.Td>
      <Table.Td>
        <Acts conversation={conversation} name={name} />
      </Table.Td>
    </Table.Tr>
  )
}

function Acts({ conversation, name }: { readonly conversation: DeskConversation; readonly name: string }) {
  const me = useMe()
  const { id, phase } = conversation
  const may = mayOf(conversation, me)
  const open = (): void => navigate(paths.conversation(id))
  return (
    <div className={styles['acts']}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={text.of(text.watch, name)}
        leftSection={<Glyph name="eye" size={14} />}
        onClick={open}
      >
        {text.watch}
      </Button>
      <Menu position="bottom-end" width={240} portalProps={{ target: `#${BOARD}` }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" c="var(--text)" aria-label={text.of(words.conversation.more, name)}>
            <Icon name="dots" size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Glyph name="ear" size={16} />}
            disabled={!may.note}
            onClick={() => {
              open()
              changeDraft(id, { mode: 'note' })
              reach('reply')
            }}
          >
            {text.whisper}
          </Menu.Item>
          <Menu.Item
            leftSection={<Glyph name="bolt" size={16} />}
            disabled={!may.takeOver && !may.accept}
            onClick={() => {
              open()
              void (may.accept ? accept(conversation, me) : takeOver(conversation, me))
            }}
          >
            {text.takeOver}
          </Menu.Item>
          <Menu.Item
            leftSection={<Glyph name="swap" size={16} />}
            disabled={!may.assign}
            onClick={() => overlays.show({ name: 'assign', conversation: id })}
          >
            {phase === 'queued' ? text.give : text.assign}
          </Menu.Item>
          {me.agent === null && <Menu.Label>{text.chooseSelf}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
