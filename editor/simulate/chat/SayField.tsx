import { ActionIcon, TextInput } from '@mantine/core'
import { useState, type FormEvent, type HTMLInputTypeAttribute } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'

interface Props {
  readonly label: string
  readonly onSay: (text: string) => void
  readonly type?: HTMLInputTypeAttribute
  readonly inputMode?: 'text' | 'decimal' | 'email' | 'tel'
  readonly disabled?: boolean
  /** Told of every key, where a button beside the field says the same text in another way. */
  readonly onType?: (text: string) => void
}

/** One line and a button to send it. */
export function SayField({ label, onSay, type = 'text', inputMode = 'text', disabled = false, onType }: Props) {
  const [text, setText] = useState('')
  const write = (next: string): void => {
    setText(next)
    onType?.(next)
  }
  const say = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() === '') return
    onSay(text.trim())
    write('')
  }
  return (
    <form onSubmit={say} noValidate>
      <TextInput
        data-say
        size="sm"
        type={type}
        inputMode={inputMode}
        placeholder={label}
        aria-label={label}
        value={text}
        disabled={disabled}
        autoComplete="off"
        maxLength={10_000}
        onChange={(event) => write(event.currentTarget.value)}
        rightSection={
          <ActionIcon
            type="submit"
            variant="subtle"
            aria-label={words.simulate.send}
            disabled={disabled || text.trim() === ''}
          >
            <Icon name="jump" />
          </ActionIcon>
        }
      />
    </form>
  )
}
