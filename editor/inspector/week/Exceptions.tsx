/** Dates or ranges of dates that are not like their weekdays: a name, from when to when, and other hours or none. */
import { ActionIcon, Button, Input, TextInput } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { Ranges } from './Ranges.tsx'
import { rangesOf } from './week.ts'
import classes from './week.module.css'

const said = words.inspector.week

interface ExceptionsProps {
  readonly error?: ReactNode
  readonly value: unknown
  readonly readOnly: boolean
  onChange(value: unknown): void
}

type Row = Readonly<Record<string, unknown>>

export function Exceptions({ error, value, readOnly, onChange }: ExceptionsProps) {
  const id = useId()
  const rows = listOf(value).map(recordOf)
  const write = (next: readonly Row[]): void => onChange(next.length === 0 ? undefined : next)
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {said.exceptions}
      </Input.Label>
      <Input.Description mb={4}>{said.exceptionsHelp}</Input.Description>
      {rows.map((row, index) => (
        <Exception
          key={index}
          row={row}
          readOnly={readOnly}
          onChange={(next) => write(rows.with(index, next))}
          onRemove={() => write(rows.toSpliced(index, 1))}
        />
      ))}
      {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
      {readOnly ? null : (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => write([...rows, { name: said.exception(rows.length + 1), from: today() }])}
        >
          {said.addException}
        </Button>
      )}
    </div>
  )
}

interface ExceptionProps {
  readonly row: Row
  readonly readOnly: boolean
  onChange(row: Row): void
  onRemove(): void
}

function Exception({ row, readOnly, onChange, onRemove }: ExceptionProps) {
  const [name, from, to] = [textOf(row['name']), textOf(row['from']), textOf(row['to'])]
  const called = name === '' ? from : name
  // A key that is emptied goes: no name, one day, closed.
  const set = (key: string, value: unknown, isEmpty: boolean): void => {
    const { [key]: _, ...rest } = row
    onChange(isEmpty ? rest : { ...row, [key]: value })
  }
  return (
    <div className={classes['exception']}>
      <div className={classes['range']}>
        <TextInput
          size="xs"
          flex={1}
          aria-label={said.exceptionName}
          placeholder={said.exceptionName}
          value={name}
          maxLength={200}
          readOnly={readOnly}
          onChange={({ currentTarget: { value } }) => set('name', value, value === '')}
        />
        {readOnly ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={words.inspector.list.remove(called)}
            onClick={onRemove}
          >
            <Icon name="trash" size={14} />
          </ActionIcon>
        )}
      </div>
      <div className={classes['range']}>
        <TextInput
          size="xs"
          type="date"
          aria-label={said.exceptionFrom(called)}
          value={from}
          readOnly={readOnly}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') set('from', value, false)
          }}
        />
        <span aria-hidden="true">–</span>
        <TextInput
          size="xs"
          type="date"
          aria-label={said.exceptionTo(called)}
          value={to}
          readOnly={readOnly}
          onChange={({ currentTarget: { value } }) => set('to', value, value === '')}
        />
      </div>
      <Ranges
        of={called}
        ranges={rangesOf(row['hours'])}
        readOnly={readOnly}
        onChange={(hours) => set('hours', hours, hours.length === 0)}
      />
    </div>
  )
}

/** Here and now: what is drawn is for days to come. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.now())
}
