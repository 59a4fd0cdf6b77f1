import { Checkbox, Group, TagsInput } from '@mantine/core'
import { words } from '../../words/en.ts'
import { useErrorUnder, useNodeForm } from '../node/form.tsx'
import { listOf, textOf } from '../node/place.ts'
import type { FieldProps } from './field.ts'

/** What is to be known: some of a few, where the kind lists them, else any names of variables and of the profile. */
export function Collect({ field, shape: { place, usual, optional }, value }: FieldProps) {
  const { change, readOnly, known } = useNodeForm()
  const error = useErrorUnder(place)
  const chosen = listOf(value ?? usual).map(textOf)
  const { options } = field
  if (options === undefined) {
    return (
      <TagsInput
        label={field.label}
        description={field.help}
        error={error}
        value={chosen}
        readOnly={readOnly}
        data={[...new Set([...Object.keys(known.variables), ...known.profile])]}
        placeholder={chosen.length === 0 ? words.inspector.collect.placeholder : ''}
        onChange={(names) => change(place, names.length === 0 && optional ? undefined : names)}
      />
    )
  }
  return (
    <Checkbox.Group
      label={field.label}
      description={field.help}
      error={error}
      value={chosen}
      readOnly={readOnly}
      // The kind's own order; all of them is what is usual.
      onChange={(names) =>
        change(place, names.length === options.length ? undefined : options.filter((option) => names.includes(option)))
      }
    >
      <Group gap="md" mt={6}>
        {options.map((option) => (
          <Checkbox key={option} value={option} label={collectWord(option)} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

function collectWord(option: string): string {
  const known: Readonly<Record<string, string>> = words.inspector.collect.options
  return known[option] ?? option
}
