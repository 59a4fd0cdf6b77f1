import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { readDuration } from '../inspector/duration/duration.ts'
import { words } from '../words/en.ts'

interface LengthInputProps {
  readonly label: string
  /** In the document's spelling; null: as that day. */
  readonly value: string | null
  readonly small?: boolean
  readonly onChange: (value: string | null) => void
}

/** A length of time as people write it, “5 min”; empty: as it was. It counts as soon as it can be read. */
export function LengthInput({ label, value, small = false, onChange }: LengthInputProps) {
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? value ?? ''
  const isWrong = shown.trim() !== '' && readDuration(shown) === undefined
  return (
    <TextInput
      label={label}
      size={small ? 'xs' : 'sm'}
      placeholder={words.staffing.asThatDay}
      value={shown}
      error={isWrong ? words.staffing.lengthCure : undefined}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text)
        const read = readDuration(text)
        if (read !== undefined || text.trim() === '') onChange(read ?? null)
      }}
      onBlur={() => {
        if (!isWrong) setTyped(undefined)
      }}
    />
  )
}
