import { useCallback } from 'react'
import type { KeyView } from '#ui/administration/answers.ts'
import { useClock } from '../../clock/clock.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { Tag } from '../../shell/Tag.tsx'
import { words } from '../../words/en.ts'
import { showHistory } from '../audit/filter.ts'
import { Listed, type Act } from '../Listed.tsx'
import { ago, date } from '../telling.ts'
import type { Asked } from './Keys.tsx'

const text = words.admin.keys

interface Props {
  readonly view: KeyView
  onAsk(asked: Asked): void
}

export function KeyRow({ view, onAsk }: Props) {
  const { id, role, agent, scopes, createdAt, expiresAt, lastUsedAt } = view
  const name = nameOf(view)
  const isOver = useClock(
    useCallback((now: number) => expiresAt !== undefined && Date.parse(expiresAt) <= now, [expiresAt]),
  )
  const used = useClock(
    useCallback(
      (now: number) => (lastUsedAt === undefined ? text.neverUsed : text.used(ago(lastUsedAt, now))),
      [lastUsedAt],
    ),
  )
  const acts: readonly (Act | false)[] = [
    !isOver && { label: text.rotate, icon: 'redo', perform: () => onAsk({ what: 'rotate', view }) },
    { label: text.history, icon: 'history', perform: () => showHistory({ target: { id, name } }) },
    { label: text.revoke, icon: 'trash', danger: true, perform: () => onAsk({ what: 'revoke', view }) },
  ]
  return (
    <Listed
      name={name}
      mark={<Glyph name="key" size={17} />}
      title={
        <>
          <bdi>{name}</bdi>
          <Tag tone="accent">{words.admin.roles[role]}</Tag>
          {scopes !== undefined && <Tag>{text.scopes(scopes.length)}</Tag>}
          {isOver && <Tag tone="warning">{text.over}</Tag>}
        </>
      }
      facts={[
        agent !== undefined && text.as(agent),
        text.made(date(createdAt)),
        used,
        expiresAt !== undefined && (isOver ? text.ended : text.ends)(date(expiresAt)),
      ]}
      isDim={isOver}
      acts={acts.filter((act) => act !== false)}
    />
  )
}

export function nameOf({ name, agent }: KeyView): string {
  return name ?? agent ?? text.unnamed
}
