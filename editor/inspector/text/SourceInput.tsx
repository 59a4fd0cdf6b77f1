/**
 * A text or condition as it is written, with what may come next offered while it is typed: the arrow keys choose, Enter
 * and Tab take, Escape sends away. The list is fetched with the first thing there is to offer.
 */
import { Textarea, type TextareaProps } from '@mantine/core'
import { lazy, Suspense, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { Completion, Suggestion } from '../condition/completion.ts'
import classes from './SourceInput.module.css'

const Suggestions = lazy(() => import('./Suggestions.tsx').then(({ Suggestions }) => ({ default: Suggestions })))

export interface SourceInputProps extends Omit<TextareaProps, 'value' | 'onChange' | 'classNames'> {
  readonly value: string
  /** Written in a language for machines. */
  readonly code?: boolean
  onChange(value: string): void
  complete(source: string, caret: number): Completion | undefined
}

export function SourceInput({ value, code = false, onChange, complete, onBlur, ...rest }: SourceInputProps) {
  const list = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [completion, setCompletion] = useState<Completion>()
  const [chosen, setChosen] = useState(-1)

  const offer = (next: Completion | undefined): void => {
    setCompletion(next)
    setChosen(-1)
  }
  const take = ({ insert }: Suggestion): void => {
    if (!completion) return
    const caret = completion.from + insert.length
    onChange(value.slice(0, completion.from) + insert + value.slice(completion.to))
    offer(undefined)
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret))
  }
  const steer = (event: KeyboardEvent): void => {
    if (!completion) return
    const { suggestions } = completion
    const suggestion = suggestions[chosen]
    const done = ((): boolean => {
      switch (event.key) {
        case 'ArrowDown':
          setChosen((chosen + 1) % suggestions.length)
          return true
        case 'ArrowUp':
          setChosen((chosen <= 0 ? suggestions.length : chosen) - 1)
          return true
        case 'Enter':
        case 'Tab':
          if (suggestion) take(suggestion)
          return suggestion !== undefined
        case 'Escape':
          offer(undefined)
          return true
        default:
          return false
      }
    })()
    if (!done) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div>
      <Textarea
        {...rest}
        ref={area}
        value={value}
        autosize
        minRows={code ? 1 : 2}
        maxRows={14}
        spellCheck={!code}
        autoComplete="off"
        aria-autocomplete="list"
        {...(completion ? { 'aria-controls': list } : {})}
        {...(chosen < 0 ? {} : { 'aria-activedescendant': `${list}-${chosen}` })}
        {...(code ? { classNames: { input: classes['code'] ?? '' } } : {})}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value)
          offer(complete(currentTarget.value, currentTarget.selectionStart))
        }}
        onKeyDown={steer}
        onClick={() => offer(undefined)}
        onBlur={(event) => {
          offer(undefined)
          onBlur?.(event)
        }}
      />
      {completion && (
        <Suspense fallback={null}>
          <Suggestions id={list} suggestions={completion.suggestions} chosen={chosen} onTake={take} />
        </Suspense>
      )}
    </div>
  )
}
