import { z } from 'zod'
import { isOpen, schedule, type Schedule } from '../../hours/index.ts'
import { id } from '../../flow/values.ts'
import { defineKind } from '../kind.ts'
import type { World } from '../moment.ts'

/** A schedule by its id, or written in the node. */
export const scheduleRef = z.union([id, schedule], { error: 'must be the id of a saved schedule, or a schedule {timezone, week, holidays?}' })
export type ScheduleRef = string | Schedule

export const hours = defineKind({
  name: 'hours', phase: 'bot', title: 'Business hours',
  doc: 'Goes one way while you are open and another while you are closed, in your time zone, with holidays.',
  data: z.strictObject({ schedule: scheduleRef }),
  form: [{ path: 'schedule', label: 'Open', type: 'week' }],
  initial: {
    schedule: {
      timezone: 'Europe/Berlin',
      week: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']], thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] },
    },
  },
  outlets: () => [{ id: 'open', label: 'open', need: 'required' }, { id: 'closed', label: 'closed', need: 'required' }],
  sentence: (hours) => typeof hours.schedule === 'string' ? `Are we open (${hours.schedule})?` : `Are we open (${hours.schedule.timezone})?`,
  fragment: () => ({
    enter: { changes: ['looked'] },
    always: [
      { when: 'open', to: { outlet: 'open', otherwise: 'rescue' } },
      { to: { outlet: 'closed', otherwise: 'promise' } },
    ],
  }),
  guards: { open: ({ data, world }) => openNow(data.schedule, world) },
  changes: { looked: (draft, { node }) => { draft.hours = node } },
})

/** Whether a schedule is open at this moment. A saved one is the world's to know; unknown counts as closed. */
export function openNow(schedule: ScheduleRef, world: World): boolean {
  return typeof schedule === 'string' ? world.hours(schedule)?.open ?? false : isOpen(schedule, world.now)
}
