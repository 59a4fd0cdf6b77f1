import { variableTypes } from '#engine/flow/document.ts'
import type { ConditionAt, Face } from '#engine/kinds/face.ts'
import { ConditionInput } from '../condition/ConditionInput.tsx'
import { useNodeData, useNodeForm } from '../node/form.tsx'
import { textOf, writeAt } from '../node/place.ts'
import type { FieldProps } from './field.ts'

export function Condition({ field, shape: { place, optional }, value }: FieldProps) {
  const form = useNodeForm()
  const { returns, withValue } = expected(form.kind, useNodeData(), place)
  const write = (source: string): void => {
    const isFigure = returns === 'number' && /^\d+(\.\d+)?$/.test(source)
    form.type(place, source === '' && optional ? undefined : isFigure ? Number(source) : source)
  }
  return (
    <ConditionInput
      label={field.label}
      help={field.help?.replaceAll('`', '')}
      placeholder={field.placeholder}
      place={place}
      value={textOf(value)}
      returns={returns}
      withValue={withValue}
      onChange={write}
    />
  )
}

/** What the kind would have a condition at this place come to. */
function expected(kind: Face, data: unknown, place: string): Pick<ConditionAt, 'returns' | 'withValue'> {
  try {
    const found = kind.conditions(writeAt(data, place, 'true')).find((each) => each.path === place)
    // What the kind takes from data that was never read may be no type at all.
    const withValue = variableTypes.find((type) => type === found?.withValue)
    return { returns: found?.returns ?? 'bool', ...(withValue === undefined ? {} : { withValue }) }
  } catch {
    // Data that its kind cannot read: the fault is shown at its own row.
    return { returns: 'bool' }
  }
}
