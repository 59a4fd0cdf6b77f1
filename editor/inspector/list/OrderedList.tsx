/**
 * A list whose order says something. A row is moved by its handle: dragged, or with the arrow keys while the handle has
 * the focus. Where it has come to is said aloud.
 */
import { ActionIcon, Button, Input, Text, VisuallyHidden } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import classes from './OrderedList.module.css'
import { moved } from './order.ts'
import { useDrag } from './useDrag.ts'
import { useKeys } from './useKeys.ts'

export interface OrderedListProps<Item> {
  readonly label: string
  readonly help?: string | undefined
  readonly error?: ReactNode
  readonly items: readonly Item[]
  readonly readOnly: boolean
  /** What a row is called where it is moved or taken out. */
  nameOf(item: Item, index: number): string
  children(item: Item, index: number): ReactNode
  onChange(items: readonly Item[]): void
  /** What adds a row; a button with this word, or the caller's own. */
  readonly add: { readonly label: string; make(): Item } | ReactNode
}

export function OrderedList<Item>({
  label,
  help,
  error,
  items,
  readOnly,
  nameOf,
  children,
  onChange,
  add,
}: OrderedListProps<Item>) {
  const id = useId()
  const keys = useKeys(items.length)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)

  const move = (from: number, to: number): void => {
    const next = moved(items, from, to)
    if (next === items) return
    keys.move(from, to)
    onChange(next)
    const [name = ''] = items.slice(from, from + 1).map((item) => nameOf(item, from))
    setSaid(words.inspector.list.movedTo(name, Math.min(Math.max(to, 0), items.length - 1) + 1, items.length))
  }
  const remove = (index: number): void => {
    keys.remove(index)
    onChange(items.toSpliced(index, 1))
    setSaid(words.inspector.list.removed)
    list.current?.parentElement?.querySelector<HTMLElement>('[data-list-add]')?.focus()
  }
  const drag = useDrag(list, move)
  const steer = (event: KeyboardEvent, index: number): void => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(index, to)
  }

  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      {help === undefined ? null : <Input.Description mb={4}>{help}</Input.Description>}
      <ol ref={list} className={classes['list']}>
        {items.map((item, index) => {
          const name = nameOf(item, index)
          return (
            <li
              key={keys.at(index)}
              className={classes['row']}
              data-dragged={drag.from === index || undefined}
              style={drag.styleOf(index)}
            >
              {readOnly ? null : (
                <button
                  type="button"
                  className={classes['grip']}
                  aria-label={words.inspector.list.move(name, index + 1, items.length)}
                  onKeyDown={(event) => steer(event, index)}
                  onPointerDown={(event) => drag.begin(event, index)}
                >
                  <span className={classes['dots']} aria-hidden="true" />
                </button>
              )}
              <div className={classes['body']}>{children(item, index)}</div>
              {readOnly ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={words.inspector.list.remove(name)}
                  onClick={() => remove(index)}
                >
                  <Icon name="close" />
                </ActionIcon>
              )}
            </li>
          )
        })}
      </ol>
      {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
      {readOnly ? null : isMaker(add) ? (
        <Button
          data-list-add
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plus" />}
          onClick={() => onChange([...items, add.make()])}
        >
          {add.label}
        </Button>
      ) : (
        add
      )}
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      {readOnly && items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.inspector.list.none}
        </Text>
      ) : null}
    </div>
  )
}

function isMaker<Item>(add: OrderedListProps<Item>['add']): add is { readonly label: string; make(): Item } {
  return typeof add === 'object' && add !== null && 'make' in add
}
