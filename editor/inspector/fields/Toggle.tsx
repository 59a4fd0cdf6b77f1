import { Switch } from '@mantine/core'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import type { FieldProps } from './field.ts'

export function Toggle({ field, shape: { place, usual }, value }: FieldProps) {
  const { change, readOnly } = useNodeForm()
  const error = useErrorAt(place)
  const on = typeof value === 'boolean' ? value : usual === true
  return (
    <Switch
      label={field.label}
      description={field.help}
      error={error}
      checked={on}
      disabled={readOnly}
      onChange={(event) =>
        change(place, event.currentTarget.checked === (usual === true) ? undefined : event.currentTarget.checked)
      }
    />
  )
}
