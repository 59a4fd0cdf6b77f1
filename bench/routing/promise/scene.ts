import { turnOf, type TeamRules, type WaitingConversation } from '#engine/routing/index.ts'
import { createChance, type Chance } from '#engine/routing/staffing/chance.ts'
import type { Arrival, Scene, Shift } from '#engine/routing/staffing/events.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const AGEING = MINUTE
const SKILLS = ['billing', 'orders', 'returns', 'technical']
const LANGUAGES = [
  { spoken: ['en'], weight: 5 },
  { spoken: ['de'], weight: 2 },
  { spoken: ['en', 'de'], weight: 3 },
]
const OPENS = 8 * HOUR
const CLOSES = 18 * HOUR
/** Share of the room that talk fills, from this hour of the day on. */
const LOAD = [
  { from: 8, load: 0.85 },
  { from: 10, load: 1.05 },
  { from: 13, load: 0.95 },
  { from: 15, load: 0.9 },
]

/** One day of one team. */
export interface Day {
  readonly seed: number
  readonly agents: number
  /** The shape of the time an agent needs, around a mean of its own for each skill. */
  readonly handles: 'exponential' | 'lognormal'
  /** Mean patience. */
  readonly patience: number
}

/**
 * A mixed load: four skills with levels, two languages, one customer in ten with priority, agents with room for one to
 * three. Customers ask for what the team can do, each agent's room equally often, so no skill is short by design and
 * all are by chance.
 */
export function sceneOf({ seed, agents, handles, patience }: Day): Scene {
  const chance = createChance(seed)
  const staff = Array.from({ length: agents }, (_, index) => draw(chance, index))
  const room = staff.reduce((sum, { capacity }) => sum + capacity, 0)
  const minutes = new Map(SKILLS.map((skill) => [skill, 5 + 5 * chance.next()]))
  const mean = meanOf([...minutes.values()]) * MINUTE
  const arrivals: Arrival[] = []
  for (let at = OPENS; ;) {
    at += chance.exponential(mean / (room * loadAt(at)))
    if (at > CLOSES) break
    const conversation = ask(chance, staff, `c${arrivals.length}`, at)
    const talk = (minutes.get(Object.keys(conversation.skills)[0] ?? '') ?? 0) * MINUTE
    arrivals.push({
      conversation,
      at,
      patience: chance.exponential(patience),
      handle: handles === 'exponential' ? chance.exponential(talk) : chance.lognormal(talk, 1),
      relax: [],
    })
  }
  const rules: TeamRules = { policy: 'leastLoaded' }
  return { arrivals, shifts: staff.map((agent) => ({ agent, from: 0, to: 24 * HOUR })), rules: () => rules }
}

function draw(chance: Chance, index: number): Shift['agent'] {
  const known = SKILLS.map((skill) => ({ skill, weight: 1 }))
  const skills: Record<string, number> = {}
  const many = 2 + Math.floor(3 * chance.next())
  for (let taken = 0; taken < many; taken++) {
    const { skill } = chance.pick(known)
    skills[skill] = 1 + Math.floor(5 * chance.next())
  }
  return {
    id: `a${String(index).padStart(2, '0')}`,
    name: `Agent ${index}`,
    teams: ['support'],
    skills,
    languages: chance.pick(LANGUAGES).spoken,
    channels: [],
    tiers: [],
    capacity: 1 + Math.floor(3 * chance.next()),
  }
}

function ask(chance: Chance, staff: readonly Shift['agent'][], id: string, at: number): WaitingConversation {
  const who = chance.pick(staff.map(({ skills, languages, capacity }) => ({ skills, languages, weight: capacity })))
  const known = Object.entries(who.skills).map(([skill, level]) => ({ skill, level, weight: 1 }))
  const { skill, level } = chance.pick(known)
  const { language } = chance.pick(who.languages.map((language) => ({ language, weight: 1 })))
  const priority = chance.next() < 0.1 ? 20 : 0
  return {
    id,
    team: 'support',
    teams: [],
    priority,
    since: at,
    turn: turnOf({ since: at, priority, ageing: AGEING }),
    channel: 'web',
    language,
    tier: null,
    skills: { [skill]: 1 + Math.floor(chance.next() * Math.min(level, 3)) },
    prefer: {},
    dropped: [],
    skip: [],
    preferred: null,
    rested: true,
    weight: 1,
  }
}

function loadAt(at: number): number {
  return LOAD.findLast(({ from }) => from * HOUR <= at)?.load ?? 0
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
