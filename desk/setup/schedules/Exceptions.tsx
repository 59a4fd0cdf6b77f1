/** Dates or ranges of dates that are not like their weekdays: a name, from when to when, and other hours or none. */
import { ActionIcon, Button, Input, TextInput } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { now } from '../../clock/clock.ts'
import { words } from '../../words/en.ts'
import type { Faults } from '../faults.ts'
import styles from '../Setup.module.css'
import { Ranges } from './Ranges.tsx'
import type { ExceptionRow } from './week.ts'

const text = words.setup.schedule

interface Props {
  readonly rows: readonly ExceptionRow[]
  readonly faults: Faults
  onChange(rows: readonly ExceptionRow[]): void
}

export function Exceptions({ rows, faults, onChange }: Props) {
  const whole = faults.at('/exceptions')
  return (
    <>
      <Input.Description>{text.exceptionsHelp}</Input.Description>
      {rows.map((row, index) => (
        <Exception
          key={index}
          row={row}
          number={index + 1}
          at={`/exceptions/${index}`}
          faults={faults}
          onChange={(to) => onChange(rows.with(index, { ...row, ...to }))}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
        />
      ))}
      {whole !== undefined && <Input.Error>{whole}</Input.Error>}
      <Button
        w="fit-content"
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => onChange([...rows, { name: '', from: today(), to: '', hours: [] }])}
      >
        {text.addException}
      </Button>
    </>
  )
}

interface ExceptionProps {
  readonly row: ExceptionRow
  readonly number: number
  readonly at: string
  readonly faults: Faults
  onChange(to: Partial<ExceptionRow>): void
  onRemove(): void
}

function Exception({ row, number, at, faults, onChange, onRemove }: ExceptionProps) {
  const called = row.name.trim() === '' ? text.exception(number) : row.name
  const whole = faults.at(at)
  return (
    <div className={styles['exception']} role="group" aria-label={called}>
      <TextInput
        size="xs"
        aria-label={text.exceptionName(number)}
        placeholder={text.namePlaceholder}
        value={row.name}
        maxLength={200}
        error={faults.at(`${at}/name`)}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <div className={styles['range']}>
        <TextInput
          size="xs"
          type="date"
          w={150}
          aria-label={text.firstDate(called)}
          value={row.from}
          error={faults.at(`${at}/from`)}
          onChange={({ currentTarget: { value } }) => onChange({ from: value })}
        />
        <span aria-hidden="true">{text.to}</span>
        <TextInput
          size="xs"
          type="date"
          w={150}
          aria-label={text.lastDate(called)}
          value={row.to}
          error={faults.at(`${at}/to`)}
          onChange={({ currentTarget: { value } }) => onChange({ to: value })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--text-dim)"
          aria-label={words.setup.remove(called)}
          onClick={onRemove}
        >
          <Icon name="trash" size={15} />
        </ActionIcon>
      </div>
      <Ranges
        of={called}
        ranges={row.hours}
        at={`${at}/hours`}
        faults={faults}
        onChange={(hours) => onChange({ hours })}
      />
      {whole !== undefined && <Input.Error>{whole}</Input.Error>}
    </div>
  )
}

/** The date here, as the API writes dates. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(now())
}
