import { ActionIcon, Button, Menu, Text } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { TicketView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { Icon } from '#ui/icon.tsx'
import { ApiProblem } from '#ui/request.ts'
import { useClock } from '../clock/clock.ts'
import { takeUp } from '../conversation/acts.ts'
import { live } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { navigate, paths } from '../shell/route.ts'
import { say } from '../shell/said.ts'
import { Tag } from '../shell/Tag.tsx'
import { words } from '../words/en.ts'
import { Confirm } from './Confirm.tsx'
import { dueNow } from './due.ts'
import { Listed } from './Listed.tsx'
import { ticketName } from './naming.ts'
import styles from './Promises.module.css'
import { useReadAgain, useTickets } from './read.ts'
import { When } from './When.tsx'

const text = words.promises

export type Shown = 'open' | 'resolved'

/** Tickets, the one that is due first first; those that are resolved, the latest first. */
export function TicketList({ shown, team }: { readonly shown: Shown; readonly team: string | undefined }) {
  const read = useTickets(shown === 'open' ? undefined : shown, team)
  const again = useReadAgain()
  const { agent } = useMe()
  const [resolving, setResolving] = useState<TicketView | null>(null)
  return (
    <>
      {agent === null && shown === 'open' && read.items?.length !== 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {text.chooseSelf}
        </Text>
      )}
      <Listed read={read} none={text.none[shown]}>
        {(items) => (
          <ul className={styles['list']}>
            {items.map((ticket) => (
              <Row key={ticket.id} ticket={ticket} onResolve={setResolving} />
            ))}
          </ul>
        )}
      </Listed>
      {resolving !== null && (
        <Confirm
          {...text.confirmResolve}
          title={text.confirmResolve.title(ticketName(resolving))}
          act={async () => {
            await api.resolveTicket(resolving.id)
            await again()
          }}
          onClose={() => setResolving(null)}
        />
      )}
    </>
  )
}

interface RowProps {
  readonly ticket: TicketView
  onResolve(ticket: TicketView): void
}

function Row({ ticket, onResolve }: RowProps) {
  const { brief, summary, state, email, page, team, mail, webhook, calledAt } = ticket
  const name = ticketName(ticket)
  const said = brief.trim() === '' ? summary : brief
  return (
    <li className={styles['item']} aria-label={name}>
      <div className={styles['top']}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        {state !== 'resolved' && <Due at={ticket.due} />}
      </div>
      <p className={styles['said']} dir="auto">
        {said.trim() === '' ? text.noBrief : said}
      </p>
      <p className={styles['facts']}>
        {state === 'resolved' ? (
          <span>
            {text.resolvedAt} {ticket.resolvedAt !== null && <When at={ticket.resolvedAt} />}
            {ticket.agent !== null && <> {text.had(ticket.agent.name)}</>}
          </span>
        ) : (
          <>
            <span>
              {text.waits} <When at={ticket.waitingSince} />
            </span>
            <span>
              {text.promised} <When at={ticket.due} />
            </span>
          </>
        )}
        {email !== null && email !== name && <bdi>{email}</bdi>}
        <bdi>{team ?? text.anybody}</bdi>
        {page !== null && <bdi title={page}>{page}</bdi>}
        {calledAt !== null && state === 'open' && <span>{text.called}</span>}
        {(mail === 'failed' || webhook === 'failed') && (
          <span className={styles['fault']}>
            <Icon name="warning" size={13} />
            {text.mailFailed}
          </span>
        )}
      </p>
      <Acts ticket={ticket} name={name} onResolve={onResolve} />
    </li>
  )
}

/** How a promise stands, in words beside its colour. */
function Due({ at }: { readonly at: string }) {
  const time = Date.parse(at)
  const told = useClock(
    useCallback(
      (now: number) => {
        const { state, text: said } = dueNow(time, now)
        return `${state}|${said}`
      },
      [time],
    ),
  )
  const [state, said] = told.split('|')
  return (
    <Tag tone={state === 'ok' ? 'good' : state === 'risk' ? 'warning' : 'danger'}>
      {state === 'ok' ? <Glyph name="clock" size={13} /> : <Icon name="warning" size={13} />}
      {said}
    </Tag>
  )
}

function Acts({ ticket, name, onResolve }: RowProps & { readonly name: string }) {
  const me = useMe()
  const again = useReadAgain()
  const [busy, setBusy] = useState(false)
  const { id, conversation, state, agent } = ticket
  const isMine = state === 'taken' && agent !== null && agent.id === me.agent
  const reads = isMine ? text.open : text.read
  const open = (): void => navigate(paths.conversation(conversation))
  const take = async (): Promise<void> => {
    if (me.agent === null) return
    setBusy(true)
    try {
      const { agent } = me
      await takeUp(conversation, async () => {
        live.answered((await api.takeTicket(id, agent)).conversation)
        return true
      })
      setBusy(false)
    } catch (error) {
      setBusy(false)
      say({ tone: 'warning', title: text.notDone, text: error instanceof ApiProblem ? error.message : '' })
      await again()
    }
  }
  return (
    <div className={styles['acts']}>
      {state === 'taken' && agent !== null && (
        <span className={styles['holder']}>
          <Glyph name="people" size={14} />
          <bdi>{isMine ? text.youHave : text.has(agent.name)}</bdi>
        </span>
      )}
      {state === 'open' && (
        <Button
          size="compact-sm"
          loading={busy}
          disabled={me.agent === null}
          aria-label={text.of(text.take, name)}
          onClick={() => void take()}
        >
          {text.take}
        </Button>
      )}
      <Button size="compact-sm" variant="default" aria-label={text.of(reads, name)} onClick={open}>
        {reads}
      </Button>
      {state === 'open' && (
        <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--text)"
              aria-label={text.of(words.conversation.more, name)}
            >
              <Icon name="dots" size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="check" size={16} />} onClick={() => onResolve(ticket)}>
              {text.resolve}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
