/** A choice among many, with a search. Until somebody goes to it, a line stands in that says what is chosen. */
import { ComboboxChevron, TextInput, type SelectProps } from '@mantine/core'
import { lazy, startTransition, useState } from 'react'

const SearchSelect = lazy(() => import('./SearchSelect.tsx').then(({ SearchSelect }) => ({ default: SearchSelect })))

type OfSelect = 'label' | 'description' | 'error' | 'placeholder' | 'readOnly' | 'clearable' | 'limit'

export interface LongSelectProps extends Pick<SelectProps, OfSelect> {
  readonly value: string | null
  readonly data: readonly { readonly value: string; readonly label: string }[]
  onChange(value: string | null): void
}

export function LongSelect(props: LongSelectProps) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <SearchSelect {...props} />
  const { label, description, error, placeholder, data, value } = props
  return (
    <TextInput
      label={label}
      description={description}
      error={error}
      placeholder={placeholder ?? ''}
      readOnly
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      rightSection={<ComboboxChevron size="sm" />}
      rightSectionPointerEvents="none"
      value={data.find((each) => each.value === value)?.label ?? ''}
      onFocus={() => startTransition(() => setWanted(true))}
    />
  )
}
