/** A record whose keys the designer names: headers, skills. Its order says nothing. */
import { ActionIcon, Button, Input } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { useErrorUnder, useNodeForm } from '../node/form.tsx'
import { recordOf } from '../node/place.ts'
import classes from './Entries.module.css'
import { Name } from './Name.tsx'

interface EntriesProps {
  readonly label: string
  readonly help?: string | undefined
  readonly place: string
  readonly value: unknown
  readonly keyLabel: string
  readonly pattern: RegExp
  readonly cure: string
  readonly suggestions?: readonly string[]
  readonly addLabel: string
  fresh(taken: readonly string[]): readonly [key: string, value: unknown]
  children(key: string, value: unknown, change: (value: unknown, typing: boolean) => void): ReactNode
}

export function Entries({
  label,
  help,
  place,
  value,
  keyLabel,
  pattern,
  cure,
  suggestions = [],
  addLabel,
  fresh,
  children,
}: EntriesProps) {
  const { readOnly, change, type } = useNodeForm()
  const id = useId()
  const record = recordOf(value)
  const entries = Object.entries(record)
  const keys = Object.keys(record)
  const error = useErrorUnder(place, keys)
  const write = (next: readonly (readonly [string, unknown])[]): void =>
    change(place, next.length === 0 ? undefined : Object.fromEntries(next))
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      {help === undefined ? null : <Input.Description mb={4}>{help}</Input.Description>}
      {entries.map(([key, each], index) => (
        <div key={index} className={classes['entry']}>
          <div className={classes['key']}>
            <Name
              small
              label={keyLabel}
              place={`${place}/${key}`}
              value={key}
              pattern={pattern}
              cure={cure}
              taken={keys.filter((other) => other !== key)}
              suggestions={suggestions}
              onChange={(name) => write(entries.with(index, [name, each]))}
            />
          </div>
          <div className={classes['value']}>
            {children(key, each, (next, typing) => (typing ? type : change)(`${place}/${key}`, next))}
          </div>
          {readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              mt={26}
              aria-label={words.inspector.list.remove(key)}
              onClick={() => write(entries.toSpliced(index, 1))}
            >
              <Icon name="close" />
            </ActionIcon>
          )}
        </div>
      ))}
      {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
      {readOnly ? null : (
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon name="plus" />}
            onClick={() => write([...entries, fresh(keys)])}
          >
            {addLabel}
          </Button>
        </div>
      )}
    </div>
  )
}
