import { z } from 'zod'
import { schedule } from '../../hours/schedule.ts'
import { id } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

/** A schedule by its id, or written in the node. */
export const scheduleRef = z.union([id, schedule], {
  error: 'must be the id of a saved schedule, or a schedule {timezone, week, holidays?}',
})

export const hoursFace = defineFace({
  name: 'hours',
  phase: 'bot',
  title: 'Business hours',
  doc: 'Goes one way while you are open and another while you are closed, in your time zone, with holidays.',
  data: z.strictObject({ schedule: scheduleRef }),
  form: [{ path: 'schedule', label: 'Open', type: 'week' }],
  initial: {
    schedule: {
      timezone: 'Europe/Berlin',
      week: {
        mon: [['09:00', '17:00']],
        tue: [['09:00', '17:00']],
        wed: [['09:00', '17:00']],
        thu: [['09:00', '17:00']],
        fri: [['09:00', '17:00']],
      },
    },
  },
  outlets: () => [
    { id: 'open', label: 'open', need: 'required' },
    { id: 'closed', label: 'closed', need: 'required' },
  ],
  sentence: (hours) =>
    typeof hours.schedule === 'string'
      ? `Are we open (${hours.schedule})?`
      : `Are we open (${hours.schedule.timezone})?`,
})
