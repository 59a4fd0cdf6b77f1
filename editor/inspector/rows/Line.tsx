import { TextInput } from '@mantine/core'
import { useErrorAt, useNodeForm } from '../node/form.tsx'

interface LineProps {
  readonly label: string
  readonly place: string
  readonly value: string
  readonly help?: string | undefined
  readonly placeholder?: string | undefined
  readonly type?: 'text' | 'email' | 'url'
  readonly small?: boolean
  onChange(value: string): void
}

/** One line of text at a place of the node's data. */
export function Line({ label, place, value, help, placeholder, type = 'text', small = false, onChange }: LineProps) {
  const { readOnly } = useNodeForm()
  const error = useErrorAt(place)
  return (
    <TextInput
      label={label}
      description={help}
      placeholder={placeholder ?? ''}
      type={type}
      size={small ? 'xs' : 'sm'}
      value={value}
      readOnly={readOnly}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
