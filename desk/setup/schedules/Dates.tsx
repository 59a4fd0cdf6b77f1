/** Dates that are not like their weekday: holidays (a date alone), breaks and shifts (a date with hours). */
import { ActionIcon, Button, Input, Pill, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import type { Faults } from '../faults.ts'
import styles from '../Setup.module.css'
import { Ranges } from './Ranges.tsx'
import { byDate, WORKDAY, type DatedHours } from './week.ts'

const text = words.setup.schedule

interface HolidaysProps {
  readonly dates: readonly string[]
  readonly faults: Faults
  onChange(dates: readonly string[]): void
}

export function Holidays({ dates, faults, onChange }: HolidaysProps) {
  const fault = faults.under('/holidays')
  return (
    <>
      <Input.Description>{text.holidaysHelp}</Input.Description>
      {dates.length > 0 && (
        <Pill.Group>
          {dates.map((date) => (
            <Pill
              key={date}
              className={styles['pill'] ?? ''}
              withRemoveButton
              onRemove={() => onChange(dates.filter((each) => each !== date))}
              removeButtonProps={{
                'aria-label': words.setup.remove(dateWord(date)),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {dateWord(date)}
            </Pill>
          ))}
        </Pill.Group>
      )}
      {fault !== undefined && <Input.Error>{fault}</Input.Error>}
      <AddDate of={text.holidays} onAdd={(date) => onChange([...new Set([...dates, date])].toSorted())} />
    </>
  )
}

interface DatedRowsProps {
  readonly label: string
  readonly help: string
  readonly field: 'breaks' | 'shifts'
  readonly rows: readonly DatedHours[]
  readonly faults: Faults
  onChange(rows: readonly DatedHours[]): void
}

export function DatedRows({ label, help, field, rows, faults, onChange }: DatedRowsProps) {
  const fault = faults.at(`/${field}`)
  const add = (date: string): void => {
    if (!rows.some((each) => each.date === date)) onChange([...rows, { date, hours: [WORKDAY] }].toSorted(byDate))
  }
  return (
    <>
      <Input.Description>{help}</Input.Description>
      {rows.map((row, index) => (
        <div key={row.date} className={styles['weekday']}>
          <span className={styles['dayName']}>{dateWord(row.date)}</span>
          <Ranges
            of={dateWord(row.date)}
            ranges={row.hours}
            at={`/${field}/${row.date}`}
            faults={faults}
            onChange={(hours) => onChange(rows.with(index, { ...row, hours }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--text-dim)"
            aria-label={words.setup.remove(dateWord(row.date))}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          >
            <Icon name="trash" size={15} />
          </ActionIcon>
        </div>
      ))}
      {fault !== undefined && <Input.Error>{fault}</Input.Error>}
      <AddDate of={label} onAdd={add} />
    </>
  )
}

function AddDate({ of, onAdd }: { readonly of: string; onAdd(date: string): void }) {
  const [date, setDate] = useState('')
  const add = (): void => {
    if (date === '') return
    onAdd(date)
    setDate('')
  }
  return (
    <div className={styles['range']}>
      <TextInput
        size="xs"
        type="date"
        w={150}
        aria-label={text.date(of)}
        value={date}
        onChange={({ currentTarget: { value } }) => setDate(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button size="xs" variant="default" disabled={date === ''} onClick={add}>
        {text.addDate}
      </Button>
    </div>
  )
}

const shape = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
const format = new Intl.DateTimeFormat('en-GB', shape)

function dateWord(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) ? date : format.format(time)
}
