import { ConditionInput } from '../condition/ConditionInput.tsx'
import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { IdOf } from '../rows/IdOf.tsx'
import { Line } from '../rows/Line.tsx'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'

export function Cases({ field, shape, value }: FieldProps) {
  const { type } = useNodeForm()
  return (
    <RowList
      field={field}
      shape={shape}
      value={value}
      parts={['id', 'label', 'when']}
      addLabel={words.inspector.cases.add}
      nameOf={(row) => textOf(recordOf(row)['label'])}
      fresh={(rows, id) => ({
        id: id(words.inspector.cases.case(rows.length + 1)),
        label: words.inspector.cases.case(rows.length + 1),
        when: 'customer.tier == "vip"',
      })}
    >
      {(row, place, rows) => (
        <>
          <Line
            small
            label={words.inspector.cases.label}
            place={`${place}/label`}
            value={textOf(row['label'])}
            onChange={(text) => type(`${place}/label`, text)}
          />
          <ConditionInput
            label={words.inspector.cases.when}
            place={`${place}/when`}
            value={textOf(row['when'])}
            returns="bool"
            onChange={(source) => type(`${place}/when`, source)}
          />
          <IdOf row={row} rows={rows} place={place} />
        </>
      )}
    </RowList>
  )
}
