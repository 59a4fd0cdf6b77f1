import { Button, Input, Select } from '@mantine/core'
import { useId } from 'react'
import { words } from '../../words/en.ts'
import { Fieldset, Identity } from '../Fields.tsx'
import type { FormProps } from '../kind.ts'
import styles from '../Setup.module.css'
import { DatedRows, Holidays } from './Dates.tsx'
import { Exceptions } from './Exceptions.tsx'
import { Ranges } from './Ranges.tsx'
import { days, likeMonday, type ScheduleFields } from './week.ts'

const text = words.setup.schedule
const zones: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

export function ScheduleForm({ fields, isNew, faults, change }: FormProps<ScheduleFields>) {
  const id = useId()
  const { timezone, week, holidays, exceptions, breaks, shifts } = fields
  return (
    <>
      <Fieldset title={text.who}>
        <Identity fields={fields} isNew={isNew} faults={faults} change={change} />
        <Select
          label={text.zone}
          value={timezone}
          error={faults.at('/timezone')}
          searchable
          limit={60}
          allowDeselect={false}
          data={zones.includes(timezone) ? [...zones] : [...zones, timezone]}
          onChange={(zone) => {
            if (zone !== null) change({ timezone: zone })
          }}
        />
      </Fieldset>
      <Fieldset title={text.week}>
        <Input.Description id={id}>{text.weekHelp}</Input.Description>
        <div className={styles['week']} role="group" aria-label={text.week} aria-describedby={id}>
          {days.map((day) => (
            <div key={day} className={styles['weekday']}>
              <span className={styles['dayName']}>{text.days[day]}</span>
              <Ranges
                of={text.days[day]}
                ranges={week[day]}
                at={`/week/${day}`}
                faults={faults}
                onChange={(ranges) => change({ week: { ...week, [day]: ranges } })}
              />
            </div>
          ))}
        </div>
        {faults.at('/week') !== undefined && <Input.Error>{faults.at('/week')}</Input.Error>}
        <Button w="fit-content" size="compact-sm" variant="default" onClick={() => change({ week: likeMonday(week) })}>
          {text.likeMonday}
        </Button>
      </Fieldset>
      <Fieldset title={text.holidays}>
        <Holidays dates={holidays} faults={faults} onChange={(next) => change({ holidays: next })} />
      </Fieldset>
      <Fieldset title={text.exceptions}>
        <Exceptions rows={exceptions} faults={faults} onChange={(next) => change({ exceptions: next })} />
      </Fieldset>
      <Fieldset title={text.breaks}>
        <DatedRows
          label={text.breaks}
          help={text.breaksHelp}
          field="breaks"
          rows={breaks}
          faults={faults}
          onChange={(next) => change({ breaks: next })}
        />
      </Fieldset>
      <Fieldset title={text.shifts}>
        <DatedRows
          label={text.shifts}
          help={text.shiftsHelp}
          field="shifts"
          rows={shifts}
          faults={faults}
          onChange={(next) => change({ shifts: next })}
        />
      </Fieldset>
    </>
  )
}
