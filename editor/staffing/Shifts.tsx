import { ActionIcon, Button, NumberInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { readTime } from '../inspector/week/week.ts'
import { words } from '../words/en.ts'
import type { PlannedShift } from './plan.ts'
import classes from './Staffing.module.css'

const said = words.staffing.shift

interface ShiftsProps {
  readonly shifts: readonly PlannedShift[]
  readonly onChange: (shifts: readonly PlannedShift[]) => void
}

/** Who works, one by one: other hours, other room, without somebody, with somebody new. */
export function Shifts({ shifts, onChange }: ShiftsProps) {
  const add = (): void => {
    const number = shifts.filter((each) => each.worked === null).length + 1
    onChange([...shifts, { name: said.fresh(number), from: '09:00', to: '17:00', capacity: 3, worked: null }])
  }
  return (
    <div role="group" aria-label={words.staffing.shifts}>
      <Text size="sm" fw={500}>
        {words.staffing.shifts}
      </Text>
      {shifts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.staffing.noShifts}
        </Text>
      ) : null}
      <ul className={classes['shifts']}>
        {shifts.map((shift, index) => (
          <ShiftRow
            key={index}
            shift={shift}
            onChange={(next) => onChange(shifts.with(index, next))}
            onRemove={() => onChange(shifts.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="plus" size={14} />}
        title={said.freshHelp}
        onClick={add}
      >
        {said.add}
      </Button>
    </div>
  )
}

interface ShiftRowProps {
  readonly shift: PlannedShift
  readonly onChange: (shift: PlannedShift) => void
  readonly onRemove: () => void
}

function ShiftRow({ shift, onChange, onRemove }: ShiftRowProps) {
  const { name, from, to, capacity } = shift
  const setCapacity = (value: number | string): void => {
    if (typeof value === 'number' && value >= 1) onChange({ ...shift, capacity: value })
  }
  return (
    <li>
      <span className={classes['person']} title={name}>
        {name}
      </span>
      <TimeOfDay label={said.from(name)} value={from} onChange={(time) => onChange({ ...shift, from: time })} />
      <span aria-hidden="true">–</span>
      <TimeOfDay label={said.to(name)} value={to} onChange={(time) => onChange({ ...shift, to: time })} />
      <NumberInput
        size="xs"
        w={58}
        aria-label={said.capacity(name)}
        title={said.capacity(name)}
        min={1}
        max={100}
        allowDecimal={false}
        clampBehavior="blur"
        value={capacity}
        onChange={setCapacity}
      />
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={said.remove(name)} onClick={onRemove}>
        <Icon name="close" size={14} />
      </ActionIcon>
    </li>
  )
}

interface TimeOfDayProps {
  readonly label: string
  readonly value: string
  readonly onChange: (time: string) => void
}

function TimeOfDay({ label, value, onChange }: TimeOfDayProps) {
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? value
  const read = readTime(shown)
  return (
    <TextInput
      size="xs"
      w={62}
      aria-label={label}
      value={shown}
      error={read === undefined}
      inputMode="numeric"
      {...(read === undefined ? { title: said.timeCure } : {})}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (read === undefined) return
        setTyped(undefined)
        if (read !== value) onChange(read)
      }}
    />
  )
}
