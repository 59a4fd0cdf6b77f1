import { TagsInput } from '@mantine/core'
import { words } from '../../words/en.ts'
import { DurationInput } from '../duration/DurationInput.tsx'
import { stepDuration } from '../duration/duration.ts'
import { useErrorUnder, useNodeData, useNodeForm } from '../node/form.tsx'
import { listOf, readAt, recordOf, textOf } from '../node/place.ts'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'

export function Relax({ field, shape, value }: FieldProps) {
  const { change } = useNodeForm()
  const data = useNodeData()
  // What a queue may stop asking for: the language, and the skills it names.
  const needs = ['language', ...Object.keys(recordOf(readAt(data, 'skills')))]
  return (
    <RowList
      field={field} shape={shape} value={value} parts={['after', 'drop']} addLabel={words.inspector.relax.add}
      nameOf={(row) => textOf(recordOf(row)['after'])}
      fresh={(rows) => ({ after: rows.length === 0 ? '1m' : stepDuration(textOf(recordOf(rows.at(-1))['after']), 1), drop: needs.slice(-1) })}
    >
      {(row, place) => (
        <>
          <DurationInput
            label={words.inspector.relax.after} place={`${place}/after`} value={textOf(row['after'])}
            onChange={(after) => change(`${place}/after`, after ?? '')}
          />
          <Drop place={`${place}/drop`} value={row['drop']} needs={needs} />
        </>
      )}
    </RowList>
  )
}

function Drop({ place, value, needs }: { readonly place: string; readonly value: unknown; readonly needs: readonly string[] }) {
  const { change, readOnly } = useNodeForm()
  const error = useErrorUnder(place)
  return (
    <TagsInput
      size="xs" label={words.inspector.relax.drop} error={error} value={listOf(value).map(textOf)} data={[...needs]}
      readOnly={readOnly} onChange={(drop) => change(place, drop)}
    />
  )
}
