import { words } from '../../words/en.ts'
import { ValueInput } from '../condition/ValueInput.tsx'
import { useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { Name } from '../rows/Name.tsx'
import { NewVariable } from '../rows/NewVariable.tsx'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'
import { VARIABLE_NAME } from '../rows/variable-name.ts'

export function Assignments({ field, shape, value }: FieldProps) {
  const { change, type, known } = useNodeForm()
  const names = Object.keys(known.variables)
  return (
    <RowList
      field={field}
      shape={shape}
      value={value}
      parts={['variable', 'value']}
      addLabel={words.inspector.assignments.add}
      nameOf={(row) => textOf(recordOf(row)['variable'])}
      fresh={() => ({ variable: names[0] ?? 'topic', value: '""' })}
    >
      {(row, place) => (
        <>
          <Name
            small
            label={words.inspector.assignments.variable}
            place={`${place}/variable`}
            value={textOf(row['variable'])}
            suggestions={names}
            pattern={VARIABLE_NAME}
            cure={words.inspector.variable.cure}
            onChange={(name) => change(`${place}/variable`, name)}
          />
          <NewVariable name={textOf(row['variable'])} usual="text" />
          <ValueInput
            label={words.inspector.assignments.value}
            place={`${place}/value`}
            value={textOf(row['value'])}
            onChange={(source) => type(`${place}/value`, source)}
          />
        </>
      )}
    </RowList>
  )
}
