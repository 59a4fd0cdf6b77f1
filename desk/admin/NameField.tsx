import { TextInput } from '@mantine/core'

interface Props {
  readonly label: string
  readonly help: string
  readonly longest: number
  readonly required?: boolean
  readonly value: string
  readonly error: string | undefined
  onChange(value: string): void
}

/** What somebody or something is called: where a dialog begins. */
export function NameField({ label, help, longest, required = false, value, error, onChange }: Props) {
  return (
    <TextInput
      label={label}
      description={help}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={value}
      error={error}
      required={required}
      autoComplete="off"
      maxLength={longest}
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
