import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { PersonView } from '#ui/administration/answers.ts'
import { api } from '#ui/client.ts'
import { useClock } from '../../clock/clock.ts'
import { initials } from '../../conversation/naming.ts'
import { Tag } from '../../shell/Tag.tsx'
import { words } from '../../words/en.ts'
import { showHistory } from '../audit/filter.ts'
import { Listed, type Act } from '../Listed.tsx'
import { ago, date } from '../telling.ts'
import type { Asked } from './AskAbout.tsx'

const text = words.admin.people

interface Props {
  readonly person: PersonView
  onAsk(asked: Asked): void
}

export function PersonRow({ person, onAsk }: Props) {
  const { id, name, email, role, agent, disabled, way, createdAt, lastSeenAt } = person
  const { data: self } = useQuery({ queryKey: ['self'], queryFn: api.self, staleTime: 60_000 })
  const isMe = self?.user?.id === id
  const seen = useClock(
    useCallback(
      (now: number) => (lastSeenAt === undefined ? text.neverSeen : text.seen(ago(lastSeenAt, now))),
      [lastSeenAt],
    ),
  )
  const acts: readonly (Act | false)[] = [
    { label: text.edit, icon: 'edit', perform: () => onAsk({ what: 'edit', person }) },
    way === 'password' && { label: text.reset, icon: 'undo', perform: () => onAsk({ what: 'reset', person }) },
    { label: text.history, icon: 'history', perform: () => showHistory({ actor: { id, name } }) },
    // Nobody locks themselves out by a slip.
    !isMe && disabled && { label: text.enable, icon: 'check', perform: () => onAsk({ what: 'enable', person }) },
    !isMe && !disabled && { label: text.disable, icon: 'minus', perform: () => onAsk({ what: 'disable', person }) },
    !isMe && { label: text.remove, icon: 'trash', danger: true, perform: () => onAsk({ what: 'remove', person }) },
  ]
  return (
    <Listed
      name={name}
      mark={initials(name)}
      title={
        <>
          <bdi>{name}</bdi>
          <Tag tone="accent">{words.admin.roles[role]}</Tag>
          {isMe && <Tag>{text.you}</Tag>}
          {disabled && <Tag tone="warning">{text.disabled}</Tag>}
        </>
      }
      facts={[
        agent !== undefined && text.speaksFor(agent),
        email !== undefined && <bdi>{email}</bdi>,
        way === 'oidc' && text.byProvider,
        seen,
        text.since(date(createdAt)),
      ]}
      isDim={disabled}
      acts={acts.filter((act) => act !== false)}
    />
  )
}
