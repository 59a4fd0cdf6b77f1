import type { ScheduleView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import type { Kind } from '../kind.ts'
import { ScheduleForm } from './ScheduleForm.tsx'
import { fieldsOf, scheduleOf, weekOf, WORKDAY, type ScheduleFields } from './week.ts'

export const scheduleKind: Kind<ScheduleView, ScheduleFields> = {
  part: 'schedules',
  fresh: {
    id: '',
    name: '',
    holidays: [],
    exceptions: [],
    breaks: [],
    shifts: [],
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: weekOf((day) => (day === 'sat' || day === 'sun' ? [] : [WORKDAY])),
  },
  read: api.schedules,
  fieldsOf,
  faultsIn: () => [],
  save: (fields) => api.saveSchedule(scheduleOf(fields)),
  line: ({ timezone }) => timezone,
  Form: ScheduleForm,
}
