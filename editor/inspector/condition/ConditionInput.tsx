/** A condition: drawn by clicking where it can be drawn, written as CEL where it cannot, checked by the engine as it grows. */
import { Button, Input, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { lazy, Suspense, useId, useMemo, useRef, useState } from 'react'
import { compileCondition, type Returns, type VariableType } from '#engine/expression/index.ts'
import { words } from '../../words/en.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { SourceInput } from '../text/SourceInput.tsx'
import { completeCondition } from './completion.ts'
import classes from './ConditionInput.module.css'
import { conditionNamesOf } from './names.ts'
import { readQuery } from './query.ts'

const Builder = lazy(() => import('./Builder.tsx').then((module) => ({ default: module.Builder })))

export interface ConditionInputProps {
  readonly label: string
  readonly place: string
  readonly value: string
  readonly help?: string | undefined
  readonly placeholder?: string | undefined
  readonly returns: Returns
  /** The type of `value`, where the condition judges one. */
  readonly withValue?: VariableType | undefined
  /** Its label stands elsewhere already. */
  readonly bare?: boolean
  onChange(value: string): void
}

export function ConditionInput({
  label,
  place,
  value,
  help,
  placeholder,
  returns,
  withValue,
  bare = false,
  onChange,
}: ConditionInputProps) {
  const { known, readOnly } = useNodeForm()
  const id = useId()
  const [prefers, setPrefers] = useState<'draw' | 'write'>('draw')
  const area = useRef<HTMLDivElement>(null)
  const names = useMemo(() => conditionNamesOf(known, withValue), [known, withValue])
  const drawable = useMemo(() => returns === 'bool' && readQuery(value) !== undefined, [returns, value])
  const faults = useMemo(() => {
    if (value.trim() === '') return []
    const compiled = compileCondition(value, {
      variables: known.variables,
      returns,
      ...(withValue === undefined ? {} : { withValue }),
    })
    return compiled.ok ? [] : compiled.faults
  }, [value, known, returns, withValue])
  const said = useErrorAt(place)
  const drawn = drawable && prefers === 'draw' && !readOnly
  const error = faults.length === 0 ? said : faults.map((fault) => fault.message).join(' ')
  const column = faults.find((fault) => fault.column !== undefined)?.column

  const show = (): void => {
    const input = area.current?.querySelector('textarea')
    if (!input || column === undefined) return
    const end = /^[\w.]+/.exec(value.slice(column - 1))?.[0].length ?? 1
    input.focus()
    input.setSelectionRange(column - 1, column - 1 + end)
  }

  return (
    <div ref={area} role="group" aria-labelledby={id}>
      <div className={classes['head']} hidden={bare}>
        <Input.Label id={id} component="div">
          {label}
        </Input.Label>
        {returns !== 'bool' || readOnly ? null : (
          <SegmentedControl
            size="xs"
            value={drawn ? 'draw' : 'write'}
            onChange={setPrefers}
            aria-label={words.inspector.condition.mode(label)}
            data={[
              { value: 'draw', label: words.inspector.condition.draw, disabled: !drawable },
              { value: 'write', label: words.inspector.condition.write },
            ]}
          />
        )}
      </div>
      {help === undefined ? null : <Input.Description mb={4}>{help}</Input.Description>}
      {drawn ? (
        <Suspense fallback={<Skeleton height={36} />}>
          <Builder label={label} source={value} names={names} onChange={onChange} />
          {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
        </Suspense>
      ) : (
        <>
          <SourceInput
            code
            value={value}
            aria-label={label}
            readOnly={readOnly}
            error={error}
            {...(placeholder === undefined ? {} : { placeholder })}
            onChange={onChange}
            complete={(source, caret) => completeCondition(source, caret, names)}
          />
          {column === undefined ? null : (
            <Button variant="transparent" size="compact-xs" px={0} onClick={show}>
              {words.inspector.condition.show(column)}
            </Button>
          )}
          {returns === 'bool' && !drawable && faults.length === 0 ? (
            <Text size="xs" c="dimmed" mt={2}>
              {words.inspector.condition.tooRich}
            </Text>
          ) : null}
        </>
      )}
    </div>
  )
}
