import { Autocomplete } from '@mantine/core'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import { useTeams } from '../people.ts'
import type { FieldProps } from './field.ts'

export function Team({ field, shape: { place }, value }: FieldProps) {
  const { readOnly, type } = useNodeForm()
  const error = useErrorAt(place)
  const teams = useTeams()
  const named = teams.find((team) => team.id === value)
  return (
    <Autocomplete
      label={field.label}
      description={field.help ?? (named?.name === named?.id ? undefined : named?.name)}
      error={error}
      value={textOf(value)}
      readOnly={readOnly}
      data={teams.map((team) => team.id)}
      spellCheck={false}
      onChange={(team) => type(place, team)}
      renderOption={({ option }) => (
        <span>
          {option.value} · {teams.find((team) => team.id === option.value)?.name}
        </span>
      )}
    />
  )
}
