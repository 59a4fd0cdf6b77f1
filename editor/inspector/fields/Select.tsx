import { Input, NativeSelect, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import { words } from '../../words/en.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import type { FieldProps } from './field.ts'

/** So many options stand side by side. */
const SIDE_BY_SIDE = 3

export function SelectField({ field, shape: { place, usual }, value }: FieldProps) {
  const { change, readOnly } = useNodeForm()
  const id = useId()
  const error = useErrorAt(place)
  const chosen = textOf(value ?? usual)
  const options = (field.options ?? []).map((option) => ({ value: option, label: optionWord(option) }))
  // A value that is no option is shown as it is, so that nobody overlooks it.
  const data =
    chosen === '' || options.some((option) => option.value === chosen)
      ? options
      : [...options, { value: chosen, label: chosen }]
  const choose = (option: string): void => change(place, option === usual ? undefined : option)
  if (data.length > SIDE_BY_SIDE) {
    return (
      <NativeSelect
        label={field.label}
        description={field.help}
        error={error}
        data={data}
        value={chosen}
        disabled={readOnly}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    )
  }
  return (
    <Input.Wrapper label={field.label} description={field.help} error={error} labelElement="div" labelProps={{ id }}>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={data}
        value={chosen}
        readOnly={readOnly}
        onChange={choose}
      />
    </Input.Wrapper>
  )
}

/** An option in words, where the kind has only its name for it. */
function optionWord(option: string): string {
  const known: Readonly<Record<string, string>> = words.inspector.options
  return known[option] ?? option
}
