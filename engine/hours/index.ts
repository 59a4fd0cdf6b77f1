/**
 * Business hours: open or closed, when next, how much open time, which slots, and how to say it.
 *
 * Business time, for deadlines that count open hours only: `addOpenMillis(schedule, from, millis)` is when that much
 * open time is over (null: never), `openMillisBetween(schedule, from, to)` how much of it lies between two instants.
 */
export {
  schedule,
  weekdays,
  type DateException,
  type DatedRanges,
  type Schedule,
  type WallRange,
  type Weekday,
} from './schedule.ts'
export { addOpenMillis, isOpen, nextClosing, nextOpening, openMillisBetween } from './arithmetic.ts'
export { NOTICE, slots, type SlotWish } from './slots.ts'
export { openingSentence, type Listener } from './sentence.ts'
export { localToInstant } from './zone.ts'
