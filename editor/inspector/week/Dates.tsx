/** Dates that are not like their weekday: holidays (a date alone), shifts and breaks (a date with hours). */
import { ActionIcon, Button, Input, Pill, TextInput } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { Ranges } from './Ranges.tsx'
import { rangesOf, WORKDAY } from './week.ts'
import classes from './week.module.css'

interface DatesProps {
  readonly label: string
  readonly help: string
  readonly error?: ReactNode
  readonly value: unknown
  readonly readOnly: boolean
  onChange(value: unknown): void
}

export function Holidays({ value, onChange, ...rest }: DatesProps) {
  const dates = listOf(value).map(textOf)
  const write = (next: readonly string[]): void =>
    onChange(next.length === 0 ? undefined : [...new Set(next)].toSorted())
  return (
    <Dates {...rest} onAdd={(date) => write([...dates, date])}>
      <Pill.Group>
        {dates.map((date) => (
          <Pill
            key={date}
            withRemoveButton={!rest.readOnly}
            removeButtonProps={{ 'aria-label': words.inspector.list.remove(date), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => write(dates.filter((each) => each !== date))}
          >
            {dateWord(date)}
          </Pill>
        ))}
      </Pill.Group>
    </Dates>
  )
}

export function DatedHours({ value, onChange, ...rest }: DatesProps) {
  const dates = recordOf(value)
  const write = (next: Readonly<Record<string, unknown>>): void =>
    onChange(Object.keys(next).length === 0 ? undefined : sorted(next))
  return (
    <Dates {...rest} onAdd={(date) => write({ ...dates, [date]: dates[date] ?? [WORKDAY] })}>
      {Object.entries(dates).map(([date, ranges]) => (
        <div key={date} className={classes['day']}>
          <span className={classes['name']}>{dateWord(date)}</span>
          <Ranges
            of={dateWord(date)}
            ranges={rangesOf(ranges)}
            readOnly={rest.readOnly}
            onChange={(next) => write({ ...dates, [date]: next })}
          />
          {rest.readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={words.inspector.list.remove(dateWord(date))}
              onClick={() => write(without(dates, date))}
            >
              <Icon name="trash" size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
    </Dates>
  )
}

interface AddingDates extends Omit<DatesProps, 'value' | 'onChange'> {
  readonly children: ReactNode
  onAdd(date: string): void
}

function Dates({ label, help, error, readOnly, children, onAdd }: AddingDates) {
  const id = useId()
  const [date, setDate] = useState('')
  const add = (): void => {
    if (date === '') return
    onAdd(date)
    setDate('')
  }
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      <Input.Description mb={4}>{help}</Input.Description>
      {children}
      {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
      {readOnly ? null : (
        <div className={classes['range']}>
          <TextInput
            size="xs"
            type="date"
            aria-label={words.inspector.week.date(label)}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add()
            }}
          />
          <Button size="compact-sm" variant="subtle" disabled={date === ''} onClick={add}>
            {words.inspector.week.addDate}
          </Button>
        </div>
      )}
    </div>
  )
}

const dates = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

function dateWord(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) ? date : dates.format(time)
}

function sorted(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function without(record: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key))
}
