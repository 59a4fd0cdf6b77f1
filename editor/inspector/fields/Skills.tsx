import { words } from '../../words/en.ts'
import { useSkills } from '../people.ts'
import { useErrorAt } from '../node/form.tsx'
import { freshId } from '../list/order.ts'
import { Entries } from '../rows/Entries.tsx'
import { FigureInput } from '../rows/FigureInput.tsx'
import type { FieldProps } from './field.ts'
import { VARIABLE_NAME } from '../rows/variable-name.ts'

const LEVELS = { least: 1, most: 10 } as const

export function Skills({ field, shape: { place }, value }: FieldProps) {
  const skills = useSkills()
  return (
    <Entries
      label={field.label}
      help={field.help}
      place={place}
      value={value}
      keyLabel={words.inspector.skills.name}
      pattern={VARIABLE_NAME}
      cure={words.inspector.variable.cure}
      suggestions={skills}
      addLabel={words.inspector.skills.add}
      fresh={(taken) => [
        skills.find((skill) => !taken.includes(skill)) ?? freshId(words.inspector.skills.skill, taken, 'skill'),
        LEVELS.least,
      ]}
    >
      {(key, level, change) => (
        <Level place={`${place}/${key}`} value={level} onChange={(next) => change(next ?? LEVELS.least, true)} />
      )}
    </Entries>
  )
}

function Level({
  place,
  value,
  onChange,
}: {
  readonly place: string
  readonly value: unknown
  onChange(value: number | undefined): void
}) {
  const error = useErrorAt(place)
  return (
    <FigureInput
      small
      whole
      label={words.inspector.skills.level}
      value={value}
      error={error}
      {...LEVELS}
      onChange={onChange}
    />
  )
}
