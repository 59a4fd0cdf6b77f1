/** The rules by which a team's customers waited: those of the queue nodes of the flow versions that they were on. */
import { milliseconds, type Flow, type NodeOfKind } from '#engine/index.ts'
import type { QueueRules } from '#engine/routing/staffing/index.ts'
import type { Flows } from './flows.ts'
import { RuntimeError } from './runtime.ts'

type Queue = NodeOfKind<'queue'>['data']

export interface NodeRules {
  readonly rules: QueueRules
  readonly prefer: Readonly<Record<string, number>>
}

export interface RulesOf {
  (arrival: Arrived): NodeRules
  readonly notes: readonly string[]
}

interface Arrived {
  readonly flow: string
  readonly flow_version: number
  readonly needs: string | null
}

/** Where the flow is gone, or has no queue for the team (a transfer brought them): the defaults of a queue. */
export async function queueRules(flows: Flows, team: string, arrived: readonly Arrived[]): Promise<RulesOf> {
  const found = new Map<string, readonly Queue[]>()
  const notes: string[] = []
  for (const { flow, flow_version } of arrived) {
    const key = keyOf({ flow, flow_version })
    if (found.has(key)) continue
    const version = await versionOf(flows, flow, flow_version)
    if (version === undefined) {
      const gone = `Version ${flow_version} of flow “${flow}” is gone`
      notes.push(`${gone}: its queues are taken to have had the default rules.`)
    }
    found.set(key, version === undefined ? [] : queuesOf(version, team))
  }
  const rulesOf = (arrival: Arrived): NodeRules => {
    const queues = found.get(keyOf(arrival)) ?? []
    const queue = queues.find((each) => asksAlike(each, arrival.needs)) ?? queues[0]
    return queue === undefined ? DEFAULTS : rulesIn(queue)
  }
  return Object.assign(rulesOf, { notes })
}

function keyOf({ flow, flow_version }: Pick<Arrived, 'flow' | 'flow_version'>): string {
  return `${flow} ${flow_version}`
}

async function versionOf(flows: Flows, id: string, version: number): Promise<Flow | undefined> {
  try {
    return await flows.version(id, version)
  } catch (error) {
    if (error instanceof RuntimeError) return undefined
    throw error
  }
}

function queuesOf(flow: Flow, team: string): readonly Queue[] {
  return flow.nodes.flatMap((node) => (node.type === 'queue' && node.data.team === team ? [node.data] : []))
}

/** Of several queues of one flow for the same team, the one that asks for the same skills. */
function asksAlike({ skills = {} }: Queue, needs: string | null): boolean {
  const asked: unknown = needs === null ? null : JSON.parse(needs)
  if (typeof asked !== 'object' || asked === null || !('skills' in asked)) return false
  return JSON.stringify(asked.skills) === JSON.stringify(skills)
}

function rulesIn({ ageing, maxWait, relax = [], prefer = {} }: Queue): NodeRules {
  return {
    prefer,
    rules: {
      ageing: milliseconds(ageing),
      maxWait: milliseconds(maxWait),
      relax: relax.map(({ after, drop = [], lower = {}, teams = [] }) => ({
        after: milliseconds(after),
        drop,
        lower,
        teams,
      })),
    },
  }
}

const DEFAULTS: NodeRules = { prefer: {}, rules: { ageing: 60_000, maxWait: 600_000, relax: [] } }
