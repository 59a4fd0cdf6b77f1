import { Fieldset } from '@mantine/core'
import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { readAt, textOf } from '../node/place.ts'
import { Line } from '../rows/Line.tsx'
import type { FieldProps } from './field.ts'

const WAYS = [
  ['email', 'email'],
  ['webhook', 'url'],
] as const

export function To({ field, shape: { place }, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <Fieldset legend={field.label} variant="unstyled">
      {WAYS.map(([key, kind]) => (
        <Line
          key={key}
          small
          label={words.inspector.to[key]}
          place={`${place}/${key}`}
          type={kind}
          value={textOf(readAt(value, key))}
          onChange={(text) => type(`${place}/${key}`, text === '' ? undefined : text)}
        />
      ))}
    </Fieldset>
  )
}
