import { isOpen, type Schedule } from '../../hours/index.ts'
import type { World } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { hoursFace } from './face.ts'

export type ScheduleRef = string | Schedule

export const hours = defineKind(hoursFace, {
  fragment: () => ({
    enter: { changes: ['looked'] },
    always: [
      { when: 'open', to: { outlet: 'open', otherwise: 'rescue' } },
      { to: { outlet: 'closed', otherwise: 'promise' } },
    ],
  }),
  guards: { open: ({ data, world }) => openNow(data.schedule, world) },
  asks: {
    open: 'Is it open now?',
  },
  changes: {
    looked: (draft, { node }) => {
      draft.hours = node
    },
  },
})

/** Whether a schedule is open at this moment. A saved one is the world's to know; unknown counts as closed. */
export function openNow(schedule: ScheduleRef, world: World): boolean {
  return typeof schedule === 'string' ? (world.hours(schedule)?.open ?? false) : isOpen(schedule, world.now)
}
