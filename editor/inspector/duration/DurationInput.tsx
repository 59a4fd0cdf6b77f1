/** A duration as it is written, “5m” or “5 minutes”, with steps to the next round one by button or arrow key. */
import { ActionIcon, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { Icon } from '#ui/icon.tsx'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { useHalfTyped } from '../rows/half-typed.ts'
import { readDuration, sayDuration, stepDuration } from './duration.ts'
import classes from './DurationInput.module.css'

export interface DurationInputProps {
  readonly label: string
  readonly place: string
  readonly value: string
  readonly help?: string | undefined
  /** What holds while nothing is written. */
  readonly usual?: string | undefined
  /** `undefined`: nothing is written any more. */
  onChange(value: string | undefined): void
}

export function DurationInput({ label, place, value, help, usual, onChange }: DurationInputProps) {
  const { node, readOnly } = useNodeForm()
  const language = useEditor((state) => state.document.language)
  const [written, setWritten] = useHalfTyped(`${node}/${place}`, value)
  const said = useErrorAt(place)
  const shown = written ?? value
  const read = shown.trim() === '' ? undefined : readDuration(shown, value || usual)
  const error = shown.trim() !== '' && read === undefined ? words.inspector.duration.cure : said
  const meaning = sayDuration(read ?? (shown.trim() === '' ? (usual ?? '') : ''), 'en')

  const settle = (): void => {
    if (written === undefined) return
    if (written.trim() === '') onChange(undefined)
    else if (read !== undefined && read !== value) onChange(read)
    if (written.trim() === '' || read !== undefined) setWritten(undefined)
  }
  const step = (direction: 1 | -1): void => {
    setWritten(undefined)
    onChange(stepDuration(read ?? usual ?? '1m', direction))
  }
  const steer = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') settle()
    if (event.key === 'Escape') setWritten(undefined)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    step(event.key === 'ArrowUp' ? 1 : -1)
  }

  return (
    <TextInput
      label={label}
      description={help}
      placeholder={usual ?? words.inspector.duration.example}
      value={shown}
      readOnly={readOnly}
      error={error}
      lang={language}
      inputContainer={(input) => (
        <div className={classes['line']}>
          {input}
          {readOnly
            ? null
            : (['less', 'more'] as const).map((way) => (
                <ActionIcon
                  key={way}
                  variant="default"
                  size="lg"
                  aria-label={words.inspector.duration[way](label)}
                  onClick={() => step(way === 'more' ? 1 : -1)}
                >
                  <Icon name={way === 'more' ? 'plus' : 'minus'} />
                </ActionIcon>
              ))}
          <span className={classes['meaning']}>{meaning}</span>
        </div>
      )}
      onChange={(event) => setWritten(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={steer}
    />
  )
}
