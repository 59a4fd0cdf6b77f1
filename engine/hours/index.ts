/** Business hours: open or closed, when next, how much open time, which slots, and how to say it. */
export { schedule, weekdays, type DatedRanges, type Schedule, type WallRange, type Weekday } from './schedule.ts'
export { addOpenMillis, isOpen, nextClosing, nextOpening, openMillisBetween } from './arithmetic.ts'
export { slots, type SlotWish } from './slots.ts'
export { openingSentence } from './sentence.ts'
export { localToInstant } from './zone.ts'
