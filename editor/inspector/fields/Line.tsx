import { useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import { Line } from '../rows/Line.tsx'
import type { FieldProps } from './field.ts'

export function LineField({ field, shape: { place, optional }, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <Line
      label={field.label}
      help={field.help}
      placeholder={field.placeholder}
      place={place}
      value={textOf(value)}
      onChange={(text) => type(place, text === '' && optional ? undefined : text)}
    />
  )
}
