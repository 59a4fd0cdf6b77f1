/** Business hours: a saved schedule by its name, or a week of the node's own with zone, holidays, other hours and breaks. */
import { Button, Input, Select, Text } from '@mantine/core'
import { useId } from 'react'
import { nextOpening, openingSentence, schedule as scheduleSchema } from '#engine/index.ts'
import { isOpen, weekdays } from '#engine/hours/index.ts'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { useErrorAt, useErrorUnder, useNodeForm } from '../node/form.tsx'
import { readAt, recordOf, textOf } from '../node/place.ts'
import { useSchedules } from '../people.ts'
import { ZoneSelect } from '../rows/ZoneSelect.tsx'
import { DatedHours, Holidays } from '../week/Dates.tsx'
import { Exceptions } from '../week/Exceptions.tsx'
import { Ranges } from '../week/Ranges.tsx'
import { likeMonday, rangesOf, withDay, WORKDAY } from '../week/week.ts'
import classes from '../week/week.module.css'
import type { FieldProps } from './field.ts'

/** No id of a schedule: the week stands in the node. */
const OWN = ''
/** No schedule at all, where that is possible: no id begins so. */
const NONE = '-'
const PARTS = ['timezone', 'week', 'holidays', 'shifts', 'breaks', 'exceptions'] as const

interface WeekFieldProps extends FieldProps {
  /** What no schedule means; left out, there is one. */
  readonly none?: string
}

export function WeekField({ field, shape: { place }, value, none }: WeekFieldProps) {
  const { change, readOnly } = useNodeForm()
  const timezone = useEditor((state) => state.document.timezone)
  const saved = useSchedules()
  const chosen = typeof value === 'string' ? value : value === undefined && none !== undefined ? NONE : OWN
  const error = useErrorUnder(place, PARTS)
  const ids = [...new Set([...saved.map((each) => each.id), ...(chosen === OWN || chosen === NONE ? [] : [chosen])])]
  const choose = (id: string | null): void => {
    if (id === null || id === chosen) return
    const found = saved.find((each) => each.id === chosen)
    const own = found === undefined ? { timezone, week: likeMonday({ mon: [WORKDAY] }) } : withoutName(found)
    change(place, id === NONE ? undefined : id === OWN ? own : id)
  }
  return (
    <div className={classes['week']}>
      <Select
        label={field.label}
        description={field.help}
        error={error}
        value={chosen}
        readOnly={readOnly}
        allowDeselect={false}
        onChange={choose}
        data={[
          ...(none === undefined ? [] : [{ value: NONE, label: none }]),
          { value: OWN, label: words.inspector.week.own },
          ...ids.map((id) => ({ value: id, label: saved.find((each) => each.id === id)?.name ?? id })),
        ]}
      />
      {typeof value === 'string' ? (
        <Text size="xs" c="dimmed">
          {words.inspector.week.saved}
        </Text>
      ) : chosen === NONE ? null : (
        <OwnWeek place={place} value={value} />
      )}
    </div>
  )
}

function OwnWeek({ place, value }: { readonly place: string; readonly value: unknown }) {
  const { change, readOnly } = useNodeForm()
  const id = useId()
  const week = readAt(value, 'week')
  const errors = {
    timezone: useErrorAt(`${place}/timezone`),
    week: useErrorUnder(`${place}/week`),
    holidays: useErrorUnder(`${place}/holidays`),
    shifts: useErrorUnder(`${place}/shifts`),
    breaks: useErrorUnder(`${place}/breaks`),
    exceptions: useErrorUnder(`${place}/exceptions`),
  }
  return (
    <>
      <ZoneSelect
        label={words.inspector.week.timezone}
        error={errors.timezone}
        value={textOf(readAt(value, 'timezone'))}
        readOnly={readOnly}
        onChange={(zone) => change(`${place}/timezone`, zone)}
      />
      <div role="group" aria-labelledby={id}>
        <Input.Label id={id} component="div">
          {words.inspector.week.hours}
        </Input.Label>
        {weekdays.map((day) => (
          <div key={day} className={classes['day']}>
            <span className={classes['name']}>{words.inspector.week.days[day]}</span>
            <Ranges
              of={words.inspector.week.days[day]}
              ranges={rangesOf(recordOf(week)[day])}
              readOnly={readOnly}
              onChange={(ranges) => change(place, { ...recordOf(value), week: withDay(week, day, ranges) })}
            />
          </div>
        ))}
        {errors.week === undefined ? null : <Input.Error mt={4}>{errors.week}</Input.Error>}
        {readOnly ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            mt={4}
            onClick={() => change(place, { ...recordOf(value), week: likeMonday(week) })}
          >
            {words.inspector.week.likeMonday}
          </Button>
        )}
      </div>
      <Holidays
        label={words.inspector.week.holidays}
        help={words.inspector.week.holidaysHelp}
        error={errors.holidays}
        value={readAt(value, 'holidays')}
        readOnly={readOnly}
        onChange={(next) => change(`${place}/holidays`, next)}
      />
      <Exceptions
        error={errors.exceptions}
        value={readAt(value, 'exceptions')}
        readOnly={readOnly}
        onChange={(next) => change(`${place}/exceptions`, next)}
      />
      <DatedHours
        label={words.inspector.week.shifts}
        help={words.inspector.week.shiftsHelp}
        error={errors.shifts}
        value={readAt(value, 'shifts')}
        readOnly={readOnly}
        onChange={(next) => change(`${place}/shifts`, next)}
      />
      <DatedHours
        label={words.inspector.week.breaks}
        help={words.inspector.week.breaksHelp}
        error={errors.breaks}
        value={readAt(value, 'breaks')}
        readOnly={readOnly}
        onChange={(next) => change(`${place}/breaks`, next)}
      />
      <Now value={value} />
    </>
  )
}

/** What the hours mean at this moment, in the words a customer would read. */
function Now({ value }: { readonly value: unknown }) {
  const read = scheduleSchema.safeParse(value)
  if (!read.success) return null
  const now = Date.now()
  if (isOpen(read.data, now))
    return (
      <Text size="xs" c="dimmed">
        {words.inspector.week.openNow}
      </Text>
    )
  const opens = nextOpening(read.data, now)
  const sentence =
    opens === null
      ? words.inspector.week.never
      : words.inspector.week.opens(openingSentence(read.data, opens, { language: 'en', now }))
  return (
    <Text size="xs" c="dimmed">
      {sentence}
    </Text>
  )
}

/** A saved schedule as it stands in a node: without its id and name. */
function withoutName(saved: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(PARTS.flatMap((part) => (saved[part] === undefined ? [] : [[part, saved[part]]])))
}
