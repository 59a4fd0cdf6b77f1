import { useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import { TemplateInput } from '../text/TemplateInput.tsx'
import type { FieldProps } from './field.ts'

/** What a kind says of a text tells whether a customer reads it: those that are sent to machines are not bubbles. */
const MACHINE_TEXTS: ReadonlySet<string> = new Set(['url', 'body'])

export function Template({ field, shape: { place, optional }, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <TemplateInput
      label={field.label}
      help={field.help}
      placeholder={field.placeholder}
      place={place}
      value={textOf(value)}
      spoken={!MACHINE_TEXTS.has(field.path)}
      onChange={(text) => type(place, text === '' && optional ? undefined : text)}
    />
  )
}
