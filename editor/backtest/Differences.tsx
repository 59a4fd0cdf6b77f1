import { Button, Text, Title, UnstyledButton } from '@mantine/core'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Change } from '#engine/backtest/report.ts'
import type { BacktestDifference } from '#ui/backtest.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'
import { useCourseWords } from './useCourseWords.ts'

const said = words.backtest
/** So many are listed at first, and so many more at each wish. */
export const LISTED = 50

/** What of the list is seen; it outlives the list while one conversation is looked at. */
export interface Listing {
  readonly only: Change | null
  readonly shown: number
  /** The conversation that was looked at last: the list begins there again. */
  readonly last: string | null
}

interface Props {
  readonly differences: readonly BacktestDifference[]
  readonly listing: Listing
  readonly onListing: (listing: Listing) => void
  readonly onOpen: (conversation: string) => void
}

/** One stop of the tab key; the arrows go through the conversations, Enter compares one. */
export function Differences({ differences, listing, onListing, onOpen }: Props) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const { only, shown, last } = listing
  const wanted = useMemo(
    () => (only === null ? differences : differences.filter(({ what }) => what.includes(only))),
    [differences, only],
  )
  const rows = wanted.slice(0, shown)
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ conversation }) => conversation === last),
    ),
  )
  const at = Math.min(current, rows.length - 1)
  const rowAt = (index: number): HTMLButtonElement | null | undefined =>
    list.current?.querySelector<HTMLButtonElement>(`:scope > li:nth-child(${index + 1}) > button`)
  useEffect(() => {
    if (last !== null) rowAt(current)?.focus()
    // Once, when the list comes back.
  }, [])
  const move = (event: KeyboardEvent): void => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= rows.length) return
    event.preventDefault()
    setCurrent(next)
    rowAt(next)?.focus()
  }
  return (
    <section aria-labelledby={id}>
      <div className={classes['listHead']}>
        <Title order={4} size="h6" id={id}>
          {said.list}
        </Title>
        <Text size="xs" c="dimmed" aria-live="polite">
          {said.listed(wanted.length, differences.length)}
        </Text>
      </div>
      <ul ref={list} className={classes['rows']} aria-labelledby={id} onKeyDown={move}>
        {rows.map((difference, index) => (
          <li key={difference.conversation}>
            <Row
              difference={difference}
              tabIndex={index === at ? 0 : -1}
              onFocus={() => setCurrent(index)}
              onOpen={() => onOpen(difference.conversation)}
            />
          </li>
        ))}
      </ul>
      {wanted.length > shown && (
        <Button variant="subtle" size="compact-sm" onClick={() => onListing({ ...listing, shown: shown + LISTED })}>
          {said.more(Math.min(LISTED, wanted.length - shown))}
        </Button>
      )}
    </section>
  )
}

interface RowProps {
  readonly difference: BacktestDifference
  readonly tabIndex: number
  readonly onFocus: () => void
  readonly onOpen: () => void
}

function Row({ difference: { conversation, at, what, unsure, before, after }, tabIndex, onFocus, onOpen }: RowProps) {
  const inWords = useCourseWords()
  const timezone = useEditor((state) => state.document.timezone)
  return (
    <UnstyledButton className={classes['row']} title={said.keys} tabIndex={tabIndex} onFocus={onFocus} onClick={onOpen}>
      <span className={classes['rowHead']}>
        <span className={classes['what']}>{what.map((each) => said.change[each]).join(' · ')}</span>
        <time dateTime={at}>{momentIn(timezone, at)}</time>
      </span>
      <span className={classes['courses']}>
        <span>
          <span className={classes['quiet']}>{said.before}</span>
          {inWords(before).handoff}
        </span>
        <span>
          <span className={classes['quiet']}>{said.after}</span>
          {inWords(after).handoff}
        </span>
      </span>
      <span className={classes['quiet']}>{unsure ? `${conversation} · ${said.isUnsure}` : conversation}</span>
    </UnstyledButton>
  )
}

/** `20 Nov, 14:03`, in the flow's zone. */
export function momentIn(timezone: string, at: string): string {
  const written = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, ...written }).format(Date.parse(at))
}
