import { z } from 'zod'
import { duration, milliseconds, parseDuration, text } from '../../flow/values.ts'
import { scheduleRef } from '../hours/face.ts'
import { defineFace, textsAt } from '../face.ts'

/** What times can be offered for: the bounds of `hours/slots.ts`. */
const slot = duration.refine((length) => {
  const lasts = parseDuration(length)
  return lasts === undefined || (lasts >= milliseconds('1m') && lasts <= milliseconds('1d'))
}, 'must be from a minute to a day, such as "30m"')
const data = z.strictObject({
  text,
  schedule: scheduleRef,
  slot: slot.default('30m'),
  days: z.number().int().min(1).max(60).default(5),
})
export type Data = z.infer<typeof data>

export const callbackFace = defineFace({
  name: 'callback',
  phase: 'queued',
  title: 'Callback',
  doc: 'Offers free times in business hours and books the one the customer chooses.',
  data,
  form: [
    { path: 'text', label: 'Message', type: 'template' },
    { path: 'schedule', label: 'Within', type: 'week' },
    { path: 'slot', label: 'Length', type: 'duration', placeholder: '30m' },
    { path: 'days', label: 'Days ahead', type: 'number', placeholder: '5' },
  ],
  initial: {
    text: 'When may we call you?',
    schedule: { timezone: 'Europe/Berlin', week: { mon: [['09:00', '17:00']] } },
  },
  outlets: () => [
    { id: 'booked', label: 'booked', need: 'required' },
    { id: 'declined', label: 'none fits', need: 'required' },
  ],
  sentence: (callback) => `Offer times of ${callback.slot} in the next ${callback.days} days`,
  texts: (callback) => textsAt(callback, 'text'),
})
