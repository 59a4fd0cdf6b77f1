import { TextInput, type TextInputProps } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'

/** From so many on, a list is searched. */
export const MANY = 8

interface SearchFieldProps extends Pick<TextInputProps, 'size' | 'mb'> {
  readonly label: string
  readonly value: string
  onChange(value: string): void
}

/** What a list is to have in it. */
export function SearchField({ label, value, onChange, ...look }: SearchFieldProps) {
  return (
    <TextInput
      {...look}
      value={value}
      placeholder={label}
      aria-label={label}
      leftSection={<Icon name="search" size={15} />}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
