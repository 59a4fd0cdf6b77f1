import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { LanguageSelect } from '../rows/LanguageSelect.tsx'
import { textOf } from '../node/place.ts'
import { words } from '../../words/en.ts'
import type { FieldProps } from './field.ts'

export function Language({ field, shape: { place }, value }: FieldProps) {
  const { readOnly, change } = useNodeForm()
  const error = useErrorAt(place)
  return (
    <LanguageSelect
      label={field.label}
      help={field.help}
      error={error}
      value={textOf(value)}
      readOnly={readOnly}
      none={words.inspector.anyLanguage}
      onChange={(language) => change(place, language)}
    />
  )
}
