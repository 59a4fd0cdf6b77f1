import { TextInput } from '@mantine/core'
import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { useHalfTyped } from '../rows/half-typed.ts'
import { readTime } from './week.ts'

interface TimeInputProps {
  readonly label: string
  readonly value: string
  readonly readOnly: boolean
  onChange(time: string): void
}

/** A time of day. The browser's own input knows no “24:00”, the end of a day. */
export function TimeInput({ label, value, readOnly, onChange }: TimeInputProps) {
  const { node } = useNodeForm()
  const [written, setWritten] = useHalfTyped(`${node}/${label}`, value)
  const shown = written ?? value
  const read = readTime(shown)
  const settle = (): void => {
    if (written === undefined || read === undefined) return
    setWritten(undefined)
    if (read !== value) onChange(read)
  }
  return (
    <TextInput
      size="xs"
      w={66}
      aria-label={label}
      value={shown}
      readOnly={readOnly}
      error={read === undefined}
      inputMode="numeric"
      {...(read === undefined ? { title: words.inspector.week.timeCure } : {})}
      onChange={(event) => setWritten(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
      }}
    />
  )
}
