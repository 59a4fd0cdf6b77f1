import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { IdOf } from '../rows/IdOf.tsx'
import { Line } from '../rows/Line.tsx'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'

export function Choices({ field, shape, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <RowList
      field={field}
      shape={shape}
      value={value}
      parts={['id', 'label']}
      addLabel={words.inspector.choices.add}
      nameOf={(row) => textOf(recordOf(row)['label'])}
      fresh={(rows, id) => ({
        id: id(words.inspector.choices.choice(rows.length + 1)),
        label: words.inspector.choices.choice(rows.length + 1),
      })}
    >
      {(row, place, rows) => (
        <>
          <Line
            small
            label={words.inspector.choices.label}
            place={`${place}/label`}
            value={textOf(row['label'])}
            onChange={(text) => type(`${place}/label`, text)}
          />
          <IdOf row={row} rows={rows} place={place} />
        </>
      )}
    </RowList>
  )
}
