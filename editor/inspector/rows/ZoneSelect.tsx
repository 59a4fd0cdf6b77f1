import type { ReactNode } from 'react'
import { LongSelect } from './LongSelect.tsx'

const zones: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

interface ZoneSelectProps {
  readonly label: string
  readonly help?: string
  readonly error?: ReactNode
  readonly value: string
  readonly readOnly: boolean
  onChange(zone: string): void
}

export function ZoneSelect({ label, help, error, value, readOnly, onChange }: ZoneSelectProps) {
  return (
    <LongSelect
      label={label}
      description={help}
      error={error}
      value={value}
      readOnly={readOnly}
      limit={60}
      data={(value === '' || zones.includes(value) ? zones : [...zones, value]).map((zone) => ({
        value: zone,
        label: zone,
      }))}
      onChange={(zone) => {
        if (zone !== null) onChange(zone)
      }}
    />
  )
}
