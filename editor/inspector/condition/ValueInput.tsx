/** A value to assign: a plain text, number or yes and no where it is one, a formula where it is not. */
import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { words } from '../../words/en.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { ConditionInput } from './ConditionInput.tsx'
import { formOf, literalText, textIn, type ValueForm } from './literal.ts'
import classes from './ConditionInput.module.css'

interface ValueInputProps {
  readonly label: string
  readonly place: string
  readonly value: string
  onChange(source: string): void
}

const FRESH: Readonly<Record<ValueForm, string>> = {
  text: '""',
  number: '0',
  yesno: 'true',
  nothing: 'null',
  formula: '',
}

export function ValueInput({ label, place, value, onChange }: ValueInputProps) {
  const { readOnly } = useNodeForm()
  const [prefersFormula, setPrefersFormula] = useState(false)
  const error = useErrorAt(place)
  const form = prefersFormula ? 'formula' : formOf(value)
  const forms = Object.keys(FRESH) as readonly ValueForm[] // The keys of the constant above.
  const choose = (next: string): void => {
    const found = forms.find((each) => each === next)
    setPrefersFormula(found === 'formula')
    if (found !== undefined && found !== 'formula' && found !== formOf(value)) onChange(FRESH[found])
  }
  return (
    <div>
      <div className={classes['head']}>
        <NativeSelect
          size="xs"
          label={label}
          value={form}
          disabled={readOnly}
          data={forms.map((each) => ({ value: each, label: words.inspector.assignments.forms[each] }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </div>
      <Literal form={form} label={label} value={value} readOnly={readOnly} error={error} onChange={onChange} />
      {form === 'formula' ? (
        <ConditionInput bare label={label} place={place} value={value} returns="any" onChange={onChange} />
      ) : null}
    </div>
  )
}

const YES_OR_NO = [
  { value: 'true', label: words.inspector.yes },
  { value: 'false', label: words.inspector.no },
]

interface LiteralProps extends Omit<ValueInputProps, 'place'> {
  readonly form: ValueForm
  readonly readOnly: boolean
  readonly error: ReactNode
}

function Literal({ form, label, value, readOnly, error, onChange }: LiteralProps) {
  const shared = { size: 'xs', 'aria-label': label, readOnly } as const
  switch (form) {
    case 'text':
      return (
        <TextInput
          {...shared}
          error={error}
          value={textIn(value)}
          onChange={(event) => onChange(literalText(event.currentTarget.value))}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...shared}
          error={error}
          value={Number(value)}
          onChange={(typed) => {
            if (typeof typed === 'number') onChange(literalText(typed))
          }}
        />
      )
    case 'yesno':
      return <SegmentedControl {...shared} value={value} onChange={onChange} data={YES_OR_NO} />
    case 'nothing':
    case 'formula':
      return null
    default:
      return form satisfies never
  }
}
