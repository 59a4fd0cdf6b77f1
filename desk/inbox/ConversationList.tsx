import { ActionIcon, Button, CloseButton, Menu, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { DeskConversation } from '#ui/answers.ts'
import { reachable } from '../actions/focus.ts'
import { useLive } from '../live/store.ts'
import { OfferCard } from '../offers/OfferCard.tsx'
import { setPresence, useMyself } from '../presence/myself.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { Keys } from '#ui/kit/Keys.tsx'
import { words } from '../words/en.ts'
import { ConversationRow } from './ConversationRow.tsx'
import { Elsewhere } from './Elsewhere.tsx'
import styles from './Inbox.module.css'
import { filter, useFilter, useSections } from './list.ts'
import { Said } from './Said.tsx'
import { answeredByKey, inOrder, isFiltered, noFilter, sectionNames, type SectionName } from './sections.ts'

const text = words.inbox

/** Who waits, and with whom one talks. */
export function ConversationList({ opened }: { readonly opened: string | null }) {
  const sections = useSections()
  const wanted = useFilter()
  const known = useLive(({ desk }) => desk.known)
  const isEmpty = inOrder(sections).length === 0
  const query = wanted.query.trim()
  return (
    <section className={styles['list']} aria-label={text.label}>
      <div className={styles['head']}>
        <div className={styles['titleRow']}>
          <h2 className={styles['title']}>{words.shell.inbox}</h2>
          <FilterMenu />
        </div>
        <SearchField />
      </div>
      <div className={styles['scroll']}>
        {sectionNames.map((name) => (
          <Section key={name} name={name} items={sections[name]} opened={opened} />
        ))}
        {query !== '' && <Elsewhere query={query} opened={opened} hidden={inOrder(sections)} />}
        {isEmpty && query === '' && <Empty known={known} filtered={isFiltered(wanted)} />}
      </div>
    </section>
  )
}

interface SectionProps {
  readonly name: SectionName
  readonly items: readonly DeskConversation[]
  readonly opened: string | null
}

function Section({ name, items, opened }: SectionProps) {
  if (items.length === 0) return null
  return (
    <section className={styles['section']} aria-label={text.sections[name]}>
      <h3>
        {text.sections[name]} <span>{items.length}</span>
      </h3>
      <ul className={styles['rows']}>
        {items.map((each) => (
          <li key={each.id}>
            {name === 'offered' ? (
              <OfferCard offer={each} isFirst={each === answeredByKey(items, opened)} opened={each.id === opened} />
            ) : (
              <ConversationRow conversation={each} opened={each.id === opened} section={name} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SearchField() {
  const { query } = useFilter()
  const field = useRef<HTMLInputElement>(null)
  useEffect(
    () =>
      reachable('search', () => {
        field.current?.focus()
        field.current?.select()
      }),
    [],
  )
  return (
    <TextInput
      ref={field}
      size="xs"
      role="searchbox"
      value={query}
      placeholder={text.search}
      aria-label={text.searchHelp}
      leftSection={<Icon name="search" size={15} />}
      rightSection={
        query === '' ? (
          <Keys of="/" />
        ) : (
          <CloseButton size="xs" aria-label={text.clear} onClick={() => filter.set({ query: '' })} />
        )
      }
      onChange={(event) => filter.set({ query: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        filter.set({ query: '' })
        event.currentTarget.blur()
      }}
    />
  )
}

function FilterMenu() {
  const wanted = useFilter()
  const teams = useLive(({ desk }) => desk.queues)
  const { filters } = text
  return (
    <Menu
      position="bottom-end"
      width={240}
      closeOnItemClick={false}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon
          variant={isFiltered(wanted) ? 'light' : 'subtle'}
          color={isFiltered(wanted) ? 'accent' : 'gray'}
          {...(isFiltered(wanted) ? {} : { c: 'var(--text-dim)' })}
          aria-label={isFiltered(wanted) ? text.filtered : text.filter}
        >
          <Glyph name="filter" size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{filters.title}</Menu.Label>
        <Check label={filters.owed} checked={wanted.owed} onChange={(owed) => filter.set({ owed })} />
        <Check label={filters.risk} checked={wanted.risk} onChange={(risk) => filter.set({ risk })} />
        {teams.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>{filters.team}</Menu.Label>
            {teams.map(({ team }) => (
              <Check
                key={team}
                label={team}
                checked={wanted.team === team}
                onChange={(on) => filter.set({ team: on ? team : null })}
              />
            ))}
          </>
        )}
        {isFiltered(wanted) && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => filter.set({ ...noFilter, query: wanted.query })}>{filters.clear}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  onChange(checked: boolean): void
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <Menu.CheckboxItem checked={checked} onChange={onChange}>
      <bdi>{label}</bdi>
    </Menu.CheckboxItem>
  )
}

function Empty({ known, filtered }: { readonly known: boolean; readonly filtered: boolean }) {
  const myself = useMyself()
  if (!known) return <p className={styles['empty']}>{text.loading}</p>
  if (filtered) return <Said title={text.noneFits.title} explain={text.noneFits.explain} />
  if (myself === null || myself.presence === 'online')
    return <Said title={text.empty.title} explain={text.empty.explain} />
  return (
    <div className={styles['empty']}>
      <strong>{text.empty.title}</strong>
      {text.empty.offline}
      <Button size="xs" onClick={() => void setPresence(myself.id, 'online')}>
        {text.empty.goOnline}
      </Button>
    </div>
  )
}
