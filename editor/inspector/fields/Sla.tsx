/** The first answer that a queue promises itself: how soon, which hours count, when to warn, what a warning does. */
import { Text } from '@mantine/core'
import { words } from '../../words/en.ts'
import { DurationInput } from '../duration/DurationInput.tsx'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { useSchedules } from '../people.ts'
import { answeringInWords, USUAL_WARNING } from '../queue/answering.ts'
import { FigureInput } from '../rows/FigureInput.tsx'
import type { FieldProps } from './field.ts'
import classes from './Sla.module.css'
import { WeekField } from './Week.tsx'

const said = words.inspector.sla

export function SlaField({ field, shape, value }: FieldProps) {
  const { change } = useNodeForm()
  const { place } = shape
  const sla = recordOf(value)
  const isPromised = value !== undefined
  return (
    <div className={classes['sla']}>
      <DurationInput
        label={field.label}
        help={field.help}
        place={`${place}/firstResponse`}
        value={textOf(sla['firstResponse'])}
        // Without a length there is no promise, and nothing of it is kept.
        onChange={(length) => change(length === undefined ? place : `${place}/firstResponse`, length)}
      />
      {isPromised ? <Promised place={place} sla={sla} /> : null}
    </div>
  )
}

function Promised({ place, sla }: { readonly place: string; readonly sla: Readonly<Record<string, unknown>> }) {
  const { type } = useNodeForm()
  const saved = useSchedules()
  const { schedule, warnAt, raise } = sla
  const named =
    typeof schedule === 'string' ? (saved.find(({ id }) => id === schedule)?.name ?? schedule) : said.ownHours
  const hours = schedule === undefined ? undefined : named
  const errors = { warnAt: useErrorAt(`${place}/warnAt`), raise: useErrorAt(`${place}/raise`) }
  return (
    <div className={classes['more']}>
      <WeekField
        field={{ path: 'schedule', label: said.hours, type: 'week', help: said.hoursHelp }}
        none={said.everyHour}
        shape={{ place: `${place}/schedule`, optional: true, usual: undefined, whole: false }}
        value={schedule}
      />
      <div className={classes['figures']}>
        <FigureInput
          small
          whole
          label={said.warn}
          value={typeof warnAt === 'number' ? Math.round(warnAt * 100) : undefined}
          usual={USUAL_WARNING * 100}
          least={1}
          most={99}
          error={errors.warnAt}
          onChange={(percent) => type(`${place}/warnAt`, percent === undefined ? undefined : percent / 100)}
        />
        <FigureInput
          small
          whole
          label={said.raise}
          value={raise}
          usual={0}
          least={1}
          most={100}
          error={errors.raise}
          onChange={(points) => type(`${place}/raise`, points)}
        />
      </div>
      <Text size="xs">{answeringInWords(sla, hours)}</Text>
    </div>
  )
}
