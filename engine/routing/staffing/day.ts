/**
 * A past day of one team, played again: the same customers at the same times with the same needs, through the same
 * matching, with other people or other rules. What is taken from the day and what is drawn by lot: `scene.ts`.
 */
import { play, type Course } from './events.ts'
import { paceOf, type PastArrival, type PastDay } from './past.ts'
import { report, type DayReport, type Span, type Stay, type Stint } from './report.ts'
import { isElsewhere, sceneOf, type Setting } from './scene.ts'
import { createTelling, type Told } from './telling.ts'

export interface Replay {
  /** Lets so many events happen; false when the day is over. In slices, others get their turn in between. */
  readonly advance: (events: number) => boolean
  readonly report: () => DayReport
}

/** Plays a day with these people and rules. */
export function replay(day: PastDay, span: Pick<Span, 'interval' | 'goal'>, setting: Setting): Replay {
  const scene = sceneOf(day, setting)
  const handle = setting.handle ?? paceOf(day).handle
  const { watcher, told } = createTelling(handle, (arrival) => !isElsewhere(arrival))
  const { advance, courses } = play(scene, watcher)
  return {
    advance,
    report: () =>
      report(
        { ...span, from: day.from, to: day.to, handle },
        courses.flatMap((course) => (isElsewhere(course.arrival) ? [] : [stayOf(course, told, day)])),
        courses.flatMap(stintOf),
        setting.staff,
      ),
  }
}

/** The day as it was, in the same figures. */
export function measured(day: PastDay, span: Pick<Span, 'interval' | 'goal'>): DayReport {
  const { handle } = paceOf(day)
  const stints = day.arrivals.flatMap(({ at, waited, end, handle: took, weight }) =>
    end === 'served' ? [{ from: at + waited, to: at + waited + (took ?? handle ?? 0), weight }] : [],
  )
  const stays = day.arrivals.map(({ at, waited, end, expected, within, stretch }): Stay => {
    return { at, until: at + waited, how: howOf(end), expected, within, stretch }
  })
  return report({ ...span, from: day.from, to: day.to, handle }, stays, [...stints, ...day.elsewhere], day.staff)
}

const UNTOLD: Told = { expected: null, within: null, stretch: 1 }

function stayOf({ arrival, given, left }: Course, told: ReadonlyMap<string, Told>, { to }: PastDay): Stay {
  const until = given?.at ?? left ?? Math.max(to, arrival.at)
  const how = given !== null ? 'served' : left !== null ? 'left' : 'waiting'
  return { at: arrival.at, until, how, ...(told.get(arrival.conversation.id) ?? UNTOLD) }
}

function stintOf({ arrival, given }: Course): readonly Stint[] {
  if (given === null) return []
  return [{ from: given.at, to: given.at + arrival.handle, weight: arrival.conversation.weight }]
}

function howOf(end: PastArrival['end']): Stay['how'] {
  return end === 'served' ? 'served' : end === 'waiting' ? 'waiting' : 'left'
}
