/** Stories run on the real clock, which must not decide how they go. */
import { weekdays } from '#engine/hours/index.ts'
import type { AnyNode, Flow, NodeOfKind } from '#engine/index.ts'

/** The same flow, open at every hour of every day, holidays too. Schedules that are named, not written in, stay. */
export function openAllHours(flow: Flow): Flow {
  return { ...flow, nodes: flow.nodes.map(alwaysOpen) }
}

function alwaysOpen(node: AnyNode): AnyNode {
  if (node.type === 'hours') return { ...node, data: { ...node.data, schedule: opened(node.data.schedule) } }
  if (node.type === 'callback') return { ...node, data: { ...node.data, schedule: opened(node.data.schedule) } }
  return node
}

type Hours = NodeOfKind<'hours'>['data']['schedule']

function opened(schedule: Hours): Hours {
  if (typeof schedule === 'string') return schedule
  const wholeDay: [string, string] = ['00:00', '24:00']
  return { timezone: schedule.timezone, week: Object.fromEntries(weekdays.map((day) => [day, [wholeDay]])) }
}
