import { DurationInput } from '../duration/DurationInput.tsx'
import { useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import type { FieldProps } from './field.ts'

export function Duration({ field, shape: { place, usual }, value }: FieldProps) {
  const { change } = useNodeForm()
  return (
    <DurationInput
      label={field.label}
      help={field.help}
      place={place}
      value={textOf(value)}
      usual={typeof usual === 'string' ? usual : field.placeholder}
      onChange={(duration) => change(place, duration)}
    />
  )
}
