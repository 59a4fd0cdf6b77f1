/** Who is in a flow now, by where they stand: those who would move to a version, and those who stay, and why. */
import { nodeOfState } from '#engine/conversation/state.ts'
import { Text, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import type { MigrationPreview } from '#ui/migration.ts'
import { cardOf } from '../../document/card.ts'
import { nodeOf } from '../../document/document.ts'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { ConversationLinks } from './ConversationLinks.tsx'
import style from './Migration.module.css'

const text = words.versions.migration

interface Props extends MigrationPreview {
  /** The level of the headings: one below that of what it stands in. */
  readonly level: 3 | 5
}

export function Standing({ moves, stays, level }: Props) {
  return (
    <>
      {moves.length > 0 && (
        <Group title={text.moves(countOf(moves))} mark="moves" level={level}>
          {moves.map(({ from, state, to, count, notes }) => (
            <li key={`${from} ${state} ${to}`}>
              <Place state={state} to={to} from={from} count={count} />
              {notes.map((note) => (
                <p key={note} className={style['note']}>
                  {note}
                </p>
              ))}
            </li>
          ))}
        </Group>
      )}
      {stays.length > 0 && (
        <Group title={text.stays(countOf(stays))} mark="stays" level={level}>
          {stays.map(({ from, state, count, why, conversations }) => (
            <li key={`${from} ${state} ${why}`}>
              <Place state={state} to={state} from={from} count={count} />
              <p className={style['why']}>{text.because(why)}</p>
              <ConversationLinks conversations={conversations} more={count - conversations.length} />
            </li>
          ))}
        </Group>
      )}
    </>
  )
}

export function countOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0)
}

interface GroupProps {
  readonly title: string
  readonly mark: 'moves' | 'stays'
  readonly level: 3 | 5
  readonly children: readonly ReactNode[]
}

const signs = { moves: '→', stays: '•' } as const

function Group({ title, mark, level, children }: GroupProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={level} size="sm" fw={600} id={id} className={style['title'] ?? ''} data-mark={mark}>
        <span aria-hidden="true">{signs[mark]}</span> {title}
      </Title>
      <ul className={style['rows']} aria-labelledby={id}>
        {children}
      </ul>
    </section>
  )
}

interface PlaceProps {
  readonly state: string
  readonly to: string
  readonly from: number
  readonly count: number
}

function Place({ state, to, from, count }: PlaceProps) {
  const document = useEditor((now) => now.document)
  const name = (of: string): string => {
    const id = nodeOfState(of)
    const node = nodeOf(document, id)
    return node === undefined ? id : cardOf(node).sentence
  }
  return (
    <div className={style['place']}>
      <Text size="sm" component="span">
        {state === to ? name(state) : text.fromTo(name(state), name(to))}
        <span className={style['quiet']}>{words.versions.name(from)}</span>
      </Text>
      <b>{count}</b>
    </div>
  )
}
