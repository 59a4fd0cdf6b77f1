import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { api } from '#ui/client.ts'
import { isComposing } from '#ui/composing.ts'
import { words } from '../../words/en.ts'
import styles from './Composer.module.css'

interface Props {
  readonly id: string
  readonly listId: string
  readonly query: string
  /** Keeps the focus; its keys choose. */
  readonly field: RefObject<HTMLTextAreaElement | null>
  onTake(text: string): void
  onClose(): void
}

const text = words.compose
const LIMIT = 8

/** Canned replies that fit, chosen by key while one types on. */
export function Canned({ id, listId, query, field, onTake, onClose }: Props) {
  const [q] = useDebouncedValue(query, 120)
  const {
    data = [],
    isFetched,
    isPending,
    isPlaceholderData,
  } = useQuery({
    queryKey: ['canned', id, q],
    queryFn: async () => (await api.replies(id, { q, limit: LIMIT })).filter(({ source }) => source === 'canned'),
    placeholderData: (before) => before,
  })
  const [at, setAt] = useState(0)
  // Who types fast and presses Enter means what they typed, not what the list still shows.
  const isOld = q !== query || isPlaceholderData || isPending
  const wanted = useRef(false)
  const chosen = data[Math.min(at, data.length - 1)]
  useEffect(() => setAt(0), [q])
  useEffect(() => {
    if (isOld || !wanted.current) return
    wanted.current = false
    if (data[0] !== undefined) onTake(data[0].text)
  }, [isOld, data, onTake])
  useEffect(() => {
    const box = field.current
    if (box === null) return
    const press = (event: KeyboardEvent): void => {
      if (isComposing(event)) return
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step !== 0 && data.length > 0)
        setAt((from) => (Math.min(from, data.length - 1) + step + data.length) % data.length)
      else if (event.key === 'Enter' && isOld) wanted.current = true
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen !== undefined)
        onTake(chosen.text)
      else if (event.key === 'Escape') onClose()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    box.addEventListener('keydown', press)
    return () => box.removeEventListener('keydown', press)
  })
  useEffect(() => {
    field.current?.setAttribute('aria-activedescendant', chosen === undefined ? '' : `${listId}-${chosen.id}`)
    if (chosen !== undefined) document.getElementById(`${listId}-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
    const box = field.current
    return () => box?.removeAttribute('aria-activedescendant')
  }, [chosen, field, listId])
  return (
    <div className={styles['canned']}>
      <p>
        {text.cannedSearch(query)} · {text.cannedHelp}
      </p>
      <ul id={listId} role="listbox" aria-label={text.canned}>
        {data.map((reply) => (
          <li
            key={reply.id}
            id={`${listId}-${reply.id}`}
            role="option"
            aria-selected={reply === chosen}
            onMouseDown={(event) => {
              // The field keeps the focus.
              event.preventDefault()
              onTake(reply.text)
            }}
          >
            <strong>
              <bdi>{reply.title}</bdi>
            </strong>
            <span dir="auto">{reply.text}</span>
          </li>
        ))}
      </ul>
      {isFetched && data.length === 0 && <p role="status">{text.noCanned}</p>}
    </div>
  )
}
