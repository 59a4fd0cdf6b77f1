/**
 * The whole transcript. Long ones are drawn from the end, a page at a time as one scrolls up. Laws: who reads at the end
 * stays at the end; who reads further up stays where they are, and is told what came meanwhile.
 */
import { Button } from '@mantine/core'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { now } from '../clock/clock.ts'
import { day } from '../clock/telling.ts'
import { useLive, useOpen } from '../live/store.ts'
import { useSendings } from '../session/work.ts'
import { words } from '../words/en.ts'
import styles from './Conversation.module.css'
import { linesOf, type Line } from './lines.ts'
import { Note } from './Note.tsx'
import { SaidLine } from './SaidLine.tsx'
import { Underway } from './Underway.tsx'
import { TypingLine } from './TypingLine.tsx'

const text = words.conversation
const PAGE = 80
/** So close to the end counts as at the end, px. */
const CLOSE = 60

export function Transcript({ id, name }: { readonly id: string; readonly name: string }) {
  const { thread, line } = useOpen(id)
  const agents = useLive(({ desk }) => desk.agents)
  const sendings = useSendings()
  const lines = useMemo(() => {
    const names = new Map(agents.map((agent) => [agent.id, agent.name]))
    return linesOf(thread.entries, (agent) => names.get(agent) ?? agent, name)
  }, [thread.entries, agents, name])
  const underway = sendings.filter(
    (each) => each.conversation === id && (each.version === null || each.version > thread.version),
  )
  const [shown, setShown] = useState(PAGE)
  const scroll = useScroll(lines.length + underway.length)
  const hidden = Math.max(0, lines.length - shown)
  const isEmpty = lines.length === 0 && underway.length === 0

  const more = (): void => {
    scroll.hold()
    setShown((count) => count + PAGE)
  }
  return (
    <div className={styles['transcript']}>
      <div
        className={styles['scroll']}
        ref={scroll.box}
        onScroll={() => scroll.moved(hidden > 0 ? more : undefined)}
        tabIndex={0}
        role="log"
        aria-label={text.transcript}
        aria-live="polite"
        aria-relevant="additions"
      >
        {isEmpty && line !== 'open' && <Waiting label={text.reading} />}
        <div className={styles['lines']}>
          {hidden > 0 && (
            <Button className={styles['more'] ?? ''} size="compact-sm" variant="default" onClick={more}>
              {text.earlier(hidden)}
            </Button>
          )}
          {(hidden > 0 ? lines.slice(hidden) : lines).map((each) => (
            <LineView key={each.key} line={each} conversation={id} />
          ))}
          {underway.map((each) => (
            <Underway key={each.key} sending={each} />
          ))}
          <TypingLine id={id} name={name} />
        </div>
      </div>
      {scroll.unseen > 0 && (
        <Button size="compact-sm" radius="xl" className={styles['newest'] ?? ''} onClick={scroll.toEnd}>
          {text.newMessages(scroll.unseen)}
        </Button>
      )}
    </div>
  )
}

export function LineView({ line, conversation }: { readonly line: Line; readonly conversation: string }) {
  switch (line.kind) {
    case 'day':
      return <div className={styles['day']}>{day(line.at, now())}</div>
    case 'happened':
      return (
        <div className={styles['happened']} dir="auto">
          {line.text}
        </div>
      )
    case 'note':
      return <Note line={line} />
    case 'said':
      return <SaidLine line={line} conversation={conversation} />
    default:
      return line satisfies never
  }
}

/** Keeps the place: at the end, or where one reads. `count`: lines there are. */
function useScroll(count: number) {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const fromEnd = useRef<number | null>(null)
  const before = useRef(count)
  const [unseen, setUnseen] = useState(0)

  const toEnd = useCallback((): void => {
    const element = box.current
    if (element !== null) element.scrollTop = element.scrollHeight
    setUnseen(0)
  }, [])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    if (fromEnd.current !== null) {
      element.scrollTop = element.scrollHeight - fromEnd.current
      fromEnd.current = null
    } else if (atEnd.current) toEnd()
  })
  useEffect(() => {
    const added = count - before.current
    before.current = count
    if (added > 0 && !atEnd.current) setUnseen((known) => known + added)
  }, [count])
  // The composer grows, a picture arrives: who is at the end stays there.
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd()
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [toEnd])
  return {
    box,
    unseen,
    toEnd,
    /** What is above grows: the place is kept by its distance from the end. */
    hold(): void {
      const element = box.current
      if (element !== null) fromEnd.current = element.scrollHeight - element.scrollTop
    },
    moved(more: (() => void) | undefined): void {
      const element = box.current
      if (element === null) return
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < CLOSE
      if (atEnd.current && unseen > 0) setUnseen(0)
      if (element.scrollTop < CLOSE && !atEnd.current && fromEnd.current === null) more?.()
    },
  }
}
