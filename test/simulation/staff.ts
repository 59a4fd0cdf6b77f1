/** Who works in a simulated world, and what each of them can do. Together they can do all that queues ask for. */
import type { Flow } from '#engine/index.ts'
import type { AgentProfile } from '#server/runtime/runtime.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'

export interface Staff {
  readonly agents: readonly AgentProfile[]
  readonly teams: readonly string[]
}

/** What the queues of the simulation's own flows ask for, in whichever version. */
const TEAMS = ['support', 'billing']
const SKILLS = ['orders', 'refunds']

export function staffOf({ agents, skilled }: Plan, flow: Flow, random: Random): Staff {
  const queues = flow.nodes.flatMap((node) => (node.type === 'queue' ? [node.data] : []))
  const teams = all(TEAMS, queues, ({ team, relax = [] }) => [team, ...relax.flatMap((step) => step.teams ?? [])])
  const skills = all(SKILLS, queues, (queue) => Object.keys({ ...queue.skills, ...queue.prefer }))
  const isBot = agents > 2 && random.chance(0.4)
  return {
    teams,
    agents: Array.from({ length: agents }, (_, index) => {
      const profile = {
        ...named(isBot && index === agents - 1 ? 'robo' : `agent${index}`),
        capacity: random.between(1, 4),
      }
      return index === 0 || !skilled
        ? { ...profile, ...everything(teams, skills) }
        : { ...profile, ...something(teams, skills, random) }
    }),
  }
}

function all<Queue>(always: readonly string[], queues: readonly Queue[], of: (queue: Queue) => readonly string[]) {
  return [...new Set([...always, ...queues.flatMap(of)])]
}

function named(id: string): Pick<AgentProfile, 'id' | 'name' | 'bot'> {
  return { id, name: id.toUpperCase(), ...(id === 'robo' ? { bot: id } : {}) }
}

type Offering = Pick<AgentProfile, 'teams' | 'skills' | 'languages' | 'channels' | 'tiers'>

function everything(teams: readonly string[], skills: readonly string[]): Offering {
  return { teams, skills: Object.fromEntries(skills.map((skill) => [skill, 10])), languages: [], channels: [] }
}

function something(teams: readonly string[], skills: readonly string[], random: Random): Offering {
  return {
    teams: random.chance(0.3) ? teams : [random.pick(teams) ?? 'support'],
    skills: Object.fromEntries(skills.filter(() => random.chance(0.8)).map((skill) => [skill, random.between(1, 5)])),
    languages: random.pick([[], [], ['en'], ['de', 'en']]),
    channels: random.pick([[], [], ['web'], ['sms', 'web']]),
    tiers: random.pick([[], [], ['vip']]),
  }
}
