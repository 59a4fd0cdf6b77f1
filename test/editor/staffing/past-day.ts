/** Past days as the server answers them, made up: a morning rush and one after lunch, in Berlin. */
import type { DryRun, DryRunInterval, DryRunOutcome, DryRunShift, DryRunTotals } from '#ui/dry-run.ts'

const HALF_HOUR = 1_800_000
const BEGIN = Date.parse('2026-11-19T23:00:00.000Z')
/** How many come in each half hour from 8 to 18. */
const ARRIVALS = [4, 9, 16, 22, 19, 14, 11, 9, 8, 13, 18, 17, 12, 9, 8, 6, 5, 4, 3, 2]
const OPENS = 16

interface Told {
  /** How much of the rush the staff cannot take; 1: as it was. */
  readonly pressure?: number
  readonly people?: number
}

/** A day that was `asItWas`, and what is asked for beside it. */
export function pastDay({
  asAsked = {},
  day = '2026-11-20',
  team = 'support',
}: { readonly asAsked?: Told; readonly day?: string; readonly team?: string } = {}): DryRun {
  return {
    team,
    day,
    timezone: 'Europe/Berlin',
    interval: HALF_HOUR,
    from: new Date(BEGIN).toISOString(),
    to: new Date(BEGIN + 48 * HALF_HOUR).toISOString(),
    goal: { share: 0.8, within: 20_000 },
    handle: { mean: 352_000, over: 198 },
    patience: { mean: 540_000, over: 12 },
    staff: {
      asItWas: [shift('anna', 'Anna'), shift('ben', 'Ben'), shift('cy', 'Cy')],
      asAsked: [shift('anna', 'Anna')],
    },
    measured: outcome({ pressure: 1.04 }),
    asItWas: outcome({}),
    asAsked: outcome(asAsked),
    notes: [
      'Who was online that day is not kept; who accepted a conversation counts as there from the first to the last.',
    ],
  }
}

/** A day on which nobody came. */
export function emptyDay(day: string): DryRun {
  const empty: DryRunOutcome = { totals: { ...totals([]), agents: 0, needed: null }, intervals: [] }
  return { ...pastDay({ day }), measured: empty, asItWas: empty, asAsked: empty }
}

function shift(id: string, name: string): DryRunShift {
  return {
    id,
    name,
    from: '2026-11-20T07:00:00.000Z',
    to: '2026-11-20T17:00:00.000Z',
    capacity: 3,
    because: 'accepted',
  }
}

function outcome({ pressure = 1, people = 3 }: Told): DryRunOutcome {
  const intervals = Array.from({ length: 48 }, (_, index) => interval(index, pressure, people))
  return { intervals, totals: { ...totals(intervals), agents: people } }
}

function interval(index: number, pressure: number, people: number): DryRunInterval {
  const arrivals = ARRIVALS[index - OPENS] ?? 0
  const from = new Date(BEGIN + index * HALF_HOUR).toISOString()
  if (arrivals === 0) {
    return {
      from,
      arrivals: 0,
      left: 0,
      waiting: 0,
      mostWaiting: 0,
      meanWait: null,
      p90Wait: null,
      abandonment: null,
      occupancy: null,
      agents: 0,
      needed: null,
    }
  }
  const load = Math.min(0.98, (arrivals * pressure) / 23)
  const meanWait = Math.round((load ** 3 / (1.02 - load)) * 9_000)
  const left = Math.floor(arrivals * Math.max(0, load - 0.6) * 0.4)
  return {
    from,
    arrivals,
    left,
    waiting: load * 3,
    mostWaiting: Math.ceil(load * 8),
    meanWait,
    p90Wait: meanWait * 2.3,
    abandonment: left / arrivals,
    occupancy: load,
    agents: people,
    needed: Math.ceil(arrivals / 5),
  }
}

function totals(intervals: readonly DryRunInterval[]): DryRunTotals {
  const busy = intervals.filter((each) => each.arrivals > 0)
  const sum = (figure: (interval: DryRunInterval) => number): number =>
    busy.reduce((total, each) => total + figure(each), 0)
  const mean = (figure: (interval: DryRunInterval) => number): number | null =>
    busy.length === 0 ? null : sum(figure) / busy.length
  const arrivals = sum((each) => each.arrivals)
  const left = sum((each) => each.left)
  return {
    arrivals,
    left,
    served: arrivals - left,
    waiting: 0,
    meanWait: mean(({ meanWait }) => meanWait ?? 0),
    medianWait: mean(({ meanWait }) => (meanWait ?? 0) / 2),
    p90Wait: mean(({ p90Wait }) => p90Wait ?? 0),
    longestWait: busy.length === 0 ? null : Math.max(...busy.map(({ p90Wait }) => (p90Wait ?? 0) * 1.5)),
    abandonment: arrivals === 0 ? null : left / arrivals,
    occupancy: mean(({ occupancy }) => occupancy ?? 0),
    inGoal: mean(({ meanWait }) => ((meanWait ?? 0) < 20_000 ? 1 : 0.3)),
    kept: { share: 0.91, medianError: 0.2, over: 150 },
    agents: 3,
    needed: busy.length === 0 ? null : Math.max(...busy.map(({ needed }) => needed ?? 0)),
  }
}
