/**
 * What somebody who waits is told: the place, about how long it takes, and the time in which nine of ten are served.
 * And how true that was. The formulas are the engine's (`engine/routing/forecast.ts`); here they meet the queue as it
 * is.
 */
import {
  fitsNeeds,
  forecast,
  keptOf,
  stretchOf,
  type FinishedWait,
  type Needs,
  type NeedsGroup,
} from '#engine/routing/index.ts'
import type { QueueFacts } from '#engine/index.ts'
import type { Queues } from '../store/figures.ts'
import type { Group, LineFacts, ManyPlaces, Pace, RoomFacts, Wait } from '../store/line.ts'
import type { Staffed } from '../store/staff.ts'
import { needsIn, type Asking } from './needs.ts'
import type { QueueView } from './runtime.ts'

/** A place as a view shows it. Times in milliseconds, null when nobody can say. */
export interface Place {
  readonly position: number
  readonly eta: number | null
  readonly within: number | null
}

const UNKNOWN: Pace = { handle: null, waits: [] }

/** For one who waits at the place that was read, or would. */
export function foretell({ groups, staff, pace, weight }: LineFacts, needs: Needs): QueueFacts {
  const own = groups.filter(({ team }) => team === needs.team)
  const position = sum(own, ({ ahead }) => ahead) + 1
  const ahead = groups.filter(({ ahead }) => ahead > 0).map(({ ahead, ...group }) => ({ ...group, count: ahead }))
  return {
    position,
    ...timesOf({ ...needs, weight }, ahead, staff, pace),
    online: staff.filter(({ teams }) => teams.includes(needs.team)).length,
    waiting: sum(own, ({ count }) => count),
  }
}

/**
 * For one who would wait at the place that was read, where somebody who fits has room, and nobody waits whom those fit:
 * law 1 of the forecast, without reading the whole line. Undefined where that is not so: then `foretell` says it.
 */
export function foretellAtOnce(
  { staff, keys, waiting, ahead, weight }: RoomFacts,
  needs: Needs,
): QueueFacts | undefined {
  const free = staff.filter((agent) => agent.capacity - agent.load >= weight && fitsNeeds(needs, agent))
  const rivals = keys.map(needsIn)
  const isRivalled = free.some((agent) =>
    rivals.some((rival) => rival.asked === agent.id || fitsNeeds(rival.needs, agent)),
  )
  if (free.length === 0 || isRivalled) return undefined
  const online = staff.filter(({ teams }) => teams.includes(needs.team)).length
  return { position: ahead + 1, eta: 0, within: 0, online, waiting }
}

/** For many who wait. */
export function foretellMany({ places, between, staff, paces }: ManyPlaces): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>()
  const ahead = new Map<string, Group>()
  const marked: Group[][] = places.map(() => [])
  for (const { mark, ...group } of between) marked[mark]?.push(group)
  for (const [index, { id, team, teams, position, channel, weight, needs }] of places.entries()) {
    for (const group of marked[index] ?? []) {
      const name = `${group.team} ${group.key ?? ''}`
      ahead.set(name, { ...group, count: (ahead.get(name)?.count ?? 0) + group.count })
    }
    // Only `columnsOf` writes this column, from Asking.
    const asked = { ...(JSON.parse(needs) as Asking), team, teams, channel, weight }
    found.set(id, { position, ...timesOf(asked, [...ahead.values()], staff, paces[team] ?? UNKNOWN) })
  }
  return found
}

/** Every queue, with what somebody would be told who joins it now and asks for nothing but the team. */
export function queueViews({ teams, groups, staff }: Queues, now: number): readonly QueueView[] {
  const there = staff.filter(({ online }) => online)
  return teams.map(({ team, waiting, offered, oldest, pace }) => {
    const own = there.filter((agent) => agent.teams.includes(team))
    const away = staff.filter((agent) => agent.presence === 'away' && agent.teams.includes(team))
    return {
      team,
      waiting,
      offered,
      longestWait: oldest === null ? null : Math.max(0, now - oldest),
      ...timesOf(nothingBut(team), groups, there, pace),
      kept: keptOf(finished(pace.waits)),
      agents: {
        online: own.length,
        away: away.length,
        capacity: sum(own, ({ capacity }) => capacity),
        load: sum(own, ({ load }) => load),
      },
    }
  })
}

/** What `within` of this team is stretched by now. Found once for all who wait by the same pace. */
export function stretchIn(pace: Pace): number {
  const known = stretches.get(pace)
  if (known !== undefined) return known
  const stretch = stretchOf(finished(pace.waits))
  stretches.set(pace, stretch)
  return stretch
}
const stretches = new WeakMap<Pace, number>()

/** The waits of which something could be said on joining. */
function finished(waits: readonly Wait[]): readonly FinishedWait[] {
  return waits.filter(({ expected, within }) => expected !== null && within !== null)
}

/**
 * Who is offered to somebody takes room of theirs already and is nobody's rival any more, and whose customer is away is
 * none now: only the others are ahead.
 */
function timesOf(
  place: Needs & { readonly weight?: number },
  ahead: readonly Group[],
  staff: readonly Staffed[],
  pace: Pace,
): Omit<Place, 'position'> {
  const rivals = ahead.flatMap(({ key, count, weight }): NeedsGroup[] =>
    key === null ? [] : [{ ...needsIn(key).needs, count, weight }],
  )
  const { expected, within } = forecast(place, staff, rivals, { handle: pace.handle, stretch: stretchIn(pace) })
  return { eta: expected, within }
}

function nothingBut(team: string): Needs {
  return { team, teams: [], channel: 'web', language: null, tier: null, skills: {}, dropped: [] }
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
