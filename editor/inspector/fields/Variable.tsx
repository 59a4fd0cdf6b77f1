import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import { textOf } from '../node/place.ts'
import { Name } from '../rows/Name.tsx'
import { NewVariable } from '../rows/NewVariable.tsx'
import { VARIABLE_NAME } from '../rows/variable-name.ts'
import type { FieldProps } from './field.ts'

export function VariableField({ field, shape: { place, optional }, value }: FieldProps) {
  const { change, known } = useNodeForm()
  const name = textOf(value)
  return (
    <div>
      <Name
        label={field.label}
        help={field.help}
        place={place}
        value={name}
        suggestions={Object.keys(known.variables)}
        cure={words.inspector.variable.cure}
        pattern={optional ? /^$|^[A-Za-z][A-Za-z0-9_]{0,63}$/ : VARIABLE_NAME}
        onChange={(next) => change(place, next === '' ? undefined : next)}
      />
      <NewVariable name={name} usual="map" />
    </div>
  )
}
