import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { IdOf } from '../rows/IdOf.tsx'
import { Line } from '../rows/Line.tsx'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'

export function Intents({ field, shape, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <RowList
      field={field}
      shape={shape}
      value={value}
      parts={['id', 'label']}
      addLabel={words.inspector.intents.add}
      nameOf={(row) => textOf(recordOf(row)['label'] ?? recordOf(row)['id'])}
      fresh={(_, id) => ({ id: id(words.inspector.intents.intent) })}
    >
      {(row, place, rows) => (
        <>
          <IdOf row={row} rows={rows} place={place} label={words.inspector.intents.id} />
          <Line
            small
            label={words.inspector.intents.label}
            place={`${place}/label`}
            value={textOf(row['label'])}
            placeholder={textOf(row['id'])}
            onChange={(text) => type(`${place}/label`, text === '' ? undefined : text)}
          />
        </>
      )}
    </RowList>
  )
}
