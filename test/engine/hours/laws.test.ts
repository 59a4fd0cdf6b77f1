import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addOpenMillis,
  isOpen,
  nextClosing,
  nextOpening,
  openMillisBetween,
  schedule as schema,
  type Schedule,
} from '#engine/hours/index.ts'
import { oddMoments, schedulesAround } from './arbitrary.ts'
import { openByCounting, watchClock, type Window } from './oracle.ts'

const minute = 60_000
const day = 86_400_000

/** The part of a window that is looked at. */
type Inside = { readonly from: number; readonly to: number }

/** An opening, cut to that part. */
type Span = readonly [start: number, end: number]

describe.each(oddMoments)('business hours in $timezone around $around ($what)', ({ timezone, around }) => {
  const window = watchClock(timezone, Date.parse(around), 6, minute)
  const inside = { from: Date.parse(around) - 4 * day, to: Date.parse(around) + 4 * day }
  const schedules = schedulesAround(timezone, Date.parse(around))
  const instants = fc.integer({ min: 0, max: (8 * day) / minute - 1 }).map((minutes) => inside.from + minutes * minute)
  const runs = { numRuns: 40 }

  it('law 1: are open exactly when someone who watches the clock finds them open', () => {
    fc.assert(
      fc.property(schedules, (hours) => {
        expect(schema.safeParse(hours).error).toBeUndefined()
        expect(openingsByEngine(hours, inside)).toEqual(openingsByCounting(hours, window, inside))
      }),
      runs,
    )
  })

  it('law 2: are open at an instant exactly when an opening holds it', () => {
    fc.assert(
      fc.property(schedules, instants, (hours, at) => {
        const held = openingsByCounting(hours, window, inside).some(([start, end]) => start <= at && at < end)
        expect(isOpen(hours, at)).toBe(held)
      }),
      runs,
    )
  })

  it('law 3: the open time between two instants is what one counts between them', () => {
    fc.assert(
      fc.property(schedules, instants, instants, (hours, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const spans = openingsByCounting(hours, window, { from, to })
        const counted = spans.reduce((sum, [start, end]) => sum + end - start, 0)
        expect(openMillisBetween(hours, from, to)).toBe(counted)
      }),
      runs,
    )
  })

  it('law 4: open time is additive, in any order of the instants', () => {
    fc.assert(
      fc.property(schedules, instants, instants, instants, (hours, a, b, c) => {
        const whole = openMillisBetween(hours, a, b) + openMillisBetween(hours, b, c)
        expect(whole - openMillisBetween(hours, a, c)).toBe(0)
      }),
      runs,
    )
  })

  it('law 5: open time that is added is found again, and no instant earlier would do', () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 1, max: 40 * 3_600_000 }), (hours, from, millis) => {
        const due = addOpenMillis(hours, from, millis)
        if (due === null) return
        expect(openMillisBetween(hours, from, due)).toBe(millis)
        expect(openMillisBetween(hours, from, due - 1)).toBe(millis - 1)
      }),
      runs,
    )
  })

  it('law 6: the next opening is open, nothing before it is, and an open instant is its own next opening', () => {
    fc.assert(
      fc.property(schedules, instants, (hours, from) => {
        const opening = nextOpening(hours, from)
        expect(opening).toBe(addOpenMillis(hours, from, 0))
        if (opening === null) return
        expect(isOpen(hours, opening)).toBe(true)
        expect(openMillisBetween(hours, from, opening)).toBe(0)
        expect(opening === from).toBe(isOpen(hours, from))
      }),
      runs,
    )
  })

  it('law 7: the next closing is closed, and all between the next opening and it is open', () => {
    fc.assert(
      fc.property(schedules, instants, (hours, from) => {
        const opening = nextOpening(hours, from)
        const closing = nextClosing(hours, from)
        if (opening === null) expect(closing).toBeNull()
        if (opening === null || closing === null) return
        expect(isOpen(hours, closing)).toBe(false)
        expect(openMillisBetween(hours, opening, closing)).toBe(closing - opening)
      }),
      runs,
    )
  })
})

describe('business hours in every time zone', () => {
  const quarter = 15 * minute
  const changes = Intl.supportedValuesOf('timeZone').flatMap((timezone) =>
    changesOf(timezone, Date.UTC(2026, 0), Date.UTC(2027, 0)).map((around) => ({ timezone, around })),
  )

  it('change their clocks more than 200 times in 2026', () => expect(changes.length).toBeGreaterThan(200))

  it('law 8: are right around each of these changes', () => {
    for (const { timezone, around } of changes) {
      const window = watchClock(timezone, around, 4, quarter)
      const inside = { from: around - 2 * day, to: around + 2 * day }
      fc.assert(
        fc.property(schedulesAround(timezone, around, 15), (hours) => {
          expect(openingsByEngine(hours, inside)).toEqual(openingsByCounting(hours, window, inside))
        }),
        { numRuns: 4 },
      )
    }
  })
})

function openingsByEngine(hours: Schedule, { from, to }: Inside): readonly Span[] {
  const spans: Span[] = []
  let at = from
  while (at < to) {
    const start = nextOpening(hours, at)
    if (start === null || start >= to) break
    const end = nextClosing(hours, start) ?? Infinity
    spans.push([start, Math.min(end, to)])
    at = end
  }
  return spans
}

function openingsByCounting(hours: Schedule, window: Window, { from, to }: Inside): readonly Span[] {
  const spans: Span[] = []
  let start: number | undefined
  openByCounting(hours, window).forEach((open, index) => {
    const at = window.instants[index] ?? 0
    if (at < from || at >= to) return
    if (open) start ??= at
    if (!open && start !== undefined) {
      spans.push([start, at])
      start = undefined
    }
  })
  if (start !== undefined) spans.push([start, to])
  return spans
}

/** The instants within a span at which the wall clock of a zone jumps, to the quarter of an hour. */
function changesOf(timezone: string, from: number, to: number): readonly number[] {
  const offsets = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
  const offsetAt = (at: number) => offsets.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value
  const changes: number[] = []
  for (let at = from; at < to; at += 10 * day) {
    let [before, after] = [at, at + 10 * day]
    if (offsetAt(before) === offsetAt(after)) continue
    const was = offsetAt(before)
    while (after - before > 15 * minute) {
      const middle = before + Math.floor((after - before) / 2 / (15 * minute)) * 15 * minute
      if (offsetAt(middle) === was) before = middle
      else after = middle
    }
    changes.push(after)
  }
  return changes
}
