import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { FigureInput } from '../rows/FigureInput.tsx'
import type { FieldProps } from './field.ts'

export function NumberField({ field, shape, value }: FieldProps) {
  const { type } = useNodeForm()
  const { place, usual, least, most, whole } = shape
  const error = useErrorAt(place)
  return (
    <FigureInput
      label={field.label}
      help={field.help}
      error={error}
      value={value}
      usual={typeof usual === 'number' ? usual : field.placeholder}
      least={least}
      most={most}
      whole={whole}
      onChange={(number) => type(place, number)}
    />
  )
}
