import { UnstyledButton } from '@mantine/core'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { words } from '../words/en.ts'
import style from './Way.module.css'

interface Props {
  readonly label: string
  readonly steps: readonly ReactNode[]
  /** The one that is looked at. */
  readonly at: number
  readonly onLook: (index: number) => void
}

/** Steps with their numbers. One stop of the tab key; the arrows go along the way. */
export function StepList({ label, steps, at, onLook }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const look = (index: number): void => {
    if (index < 0 || index >= steps.length) return
    onLook(index)
    list.current?.querySelectorAll('button')[index]?.focus()
  }
  const move = (event: KeyboardEvent): void => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: steps.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    look(next)
  }
  return (
    <ol ref={list} className={style['way']} aria-label={label} onKeyDown={move}>
      {steps.map((step, index) => (
        // A way's steps stand in a fixed order.
        <li key={index}>
          <UnstyledButton
            className={style['step']}
            tabIndex={index === at ? 0 : -1}
            aria-current={index === at ? 'step' : undefined}
            title={words.problems.way.keys}
            onClick={() => look(index)}
          >
            <span className={style['number']} aria-hidden="true">
              {index + 1}
            </span>
            <span className={style['text']}>{step}</span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  )
}
