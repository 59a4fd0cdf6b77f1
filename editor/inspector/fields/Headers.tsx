import { words } from '../../words/en.ts'
import { textOf } from '../node/place.ts'
import { Entries } from '../rows/Entries.tsx'
import { TemplateInput } from '../text/TemplateInput.tsx'
import type { FieldProps } from './field.ts'

/** What the engine admits as the name of a header. */
const HEADER_NAME = /^[A-Za-z0-9-]{1,64}$/

export function Headers({ field, shape: { place }, value }: FieldProps) {
  return (
    <Entries
      label={field.label}
      help={field.help}
      place={place}
      value={value}
      keyLabel={words.inspector.headers.name}
      pattern={HEADER_NAME}
      cure={words.inspector.headers.cure}
      suggestions={['Authorization', 'Content-Type', 'Accept', 'X-Request-Id']}
      addLabel={words.inspector.headers.add}
      fresh={(taken) => [taken.includes('Accept') ? `X-Header-${taken.length + 1}` : 'Accept', 'application/json']}
    >
      {(key, text, change) => (
        <TemplateInput
          label={words.inspector.headers.value}
          place={`${place}/${key}`}
          value={textOf(text)}
          spoken={false}
          onChange={(next) => change(next, true)}
        />
      )}
    </Entries>
  )
}
