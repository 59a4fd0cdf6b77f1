/** Who works on a day that is played again: those who did, changed as asked. */
import type { Shift } from './events.ts'

/** A shift, and how it is known. */
export interface Staffed {
  readonly shift: Shift
  readonly because: 'accepted' | 'online' | 'asked' | 'more'
}

/** Somebody who is to work. What is left out comes from the known agent of this id, else from what anybody has. */
export type AskedAgent = Partial<Omit<Shift['agent'], 'teams' | 'bot'>> & {
  /** Epoch milliseconds. */
  readonly from?: number
  readonly to?: number
}

export interface AskedStaff {
  /** Instead of those who worked. */
  readonly agents?: readonly AskedAgent[] | undefined
  /** How many work: with others like them, or without some of them. */
  readonly count?: number | undefined
  /** Likewise, as a difference. */
  readonly more?: number | undefined
}

export interface StaffingDay {
  readonly team: string
  readonly from: number
  readonly to: number
  readonly staff: readonly Staffed[]
  /** Everybody who could work. */
  readonly known: readonly Shift['agent'][]
}

export type StaffResult =
  | { readonly ok: true; readonly staff: readonly Staffed[] }
  | { readonly ok: false; readonly fault: { readonly pointer: string; readonly message: string } }

/** What an agent takes of whom nothing is known. */
const CAPACITY = 3

/**
 * The staff as asked. Who is added is like one of those who are there, in turn, the longest shift first; where fewer
 * are asked for, the shortest shifts go.
 */
export function changeStaff(day: StaffingDay, { agents, count, more = 0 }: AskedStaff): StaffResult {
  const chosen: Staffed[] = []
  for (const [index, asked] of (agents ?? []).entries()) {
    const shift = askedShift(day, asked, index)
    if (shift === undefined) return fault(`/agents/${index}/id`, `“${asked.id}” is nobody who is known`)
    if (shift.to <= shift.from) return fault(`/agents/${index}/to`, 'must be after the beginning of the shift')
    if (chosen.some((each) => each.shift.agent.id === shift.agent.id && overlaps(each.shift, shift)))
      return fault(`/agents/${index}`, `“${shift.agent.id}” would work twice at the same time`)
    chosen.push({ shift, because: 'asked' })
  }
  const base = agents === undefined ? day.staff : chosen
  const present = new Set(base.map(({ shift }) => shift.agent.id)).size
  const wanted = Math.max(0, (count ?? present) + more)
  if (wanted > present && base.length === 0)
    return fault('/agents', 'must name somebody: nobody worked on that day whom others could be like')
  return { ok: true, staff: wanted <= present ? fewer(base, wanted) : [...base, ...others(base, wanted - present)] }
}

function askedShift(day: StaffingDay, asked: AskedAgent, index: number): Shift | undefined {
  const { team, from, to, staff, known } = day
  const profile = known.find(({ id }) => id === asked.id)
  if (asked.id !== undefined && profile === undefined && asked.skills === undefined) return undefined
  const worked = staff.find(({ shift }) => shift.agent.id === asked.id)?.shift
  const id = asked.id ?? `asked-${index + 1}`
  const { teams, ...base } = profile ?? ANYBODY
  return {
    from: asked.from ?? worked?.from ?? from,
    to: asked.to ?? worked?.to ?? to,
    agent: {
      ...base,
      id,
      name: asked.name ?? profile?.name ?? id,
      teams: teams.includes(team) ? teams : [...teams, team],
      skills: asked.skills ?? base.skills,
      languages: asked.languages ?? base.languages,
      channels: asked.channels ?? base.channels,
      tiers: asked.tiers ?? base.tiers,
      capacity: asked.capacity ?? base.capacity,
    },
  }
}

const ANYBODY: Omit<Shift['agent'], 'id' | 'name'> = {
  teams: [],
  skills: {},
  languages: [],
  channels: [],
  tiers: [],
  capacity: CAPACITY,
}

function fewer(staff: readonly Staffed[], count: number): readonly Staffed[] {
  const kept = new Set(byLength(staff).slice(0, count))
  return staff.filter(({ shift }) => kept.has(shift.agent.id))
}

function others(staff: readonly Staffed[], count: number): readonly Staffed[] {
  const order = byLength(staff)
  return Array.from({ length: count }, (_, index) => {
    const like = order[index % order.length]
    const name = `More ${index + 1}`
    return staff
      .filter(({ shift }) => shift.agent.id === like)
      .map(({ shift }): Staffed => ({
        because: 'more',
        shift: { ...shift, agent: { ...shift.agent, id: `more-${index + 1}`, name } },
      }))
  }).flat()
}

/** Ids of agents, those who work longest first. */
function byLength(staff: readonly Staffed[]): readonly string[] {
  const lengths = new Map<string, number>()
  for (const { shift } of staff) {
    lengths.set(shift.agent.id, (lengths.get(shift.agent.id) ?? 0) + shift.to - shift.from)
  }
  return [...lengths]
    .sort(([one, length], [other, otherLength]) => otherLength - length || (one < other ? -1 : 1))
    .map(([id]) => id)
}

function overlaps(one: Shift, other: Shift): boolean {
  return one.from < other.to && other.from < one.to
}

function fault(pointer: string, message: string): StaffResult {
  return { ok: false, fault: { pointer, message } }
}
