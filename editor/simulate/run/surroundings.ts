/** What stands around a run where the designer has said nothing: people for every team, and usual hours. */
import { compiledFlow, type Flow, type Schedule } from '#engine/index.ts'
import { standIns, type SimulationOptions } from '#engine/simulate/index.ts'

/**
 * The options with stand-ins for what is left out. Agents left out are two who work for every team of the flow; saved
 * business hours left out are weekdays from nine to five.
 * @throws FlowFaults when the document is malformed
 */
export function surrounded(document: object, options: SimulationOptions): SimulationOptions {
  const { flow } = compiledFlow(document)
  const usual = Object.fromEntries(schedulesIn(flow).map((id) => [id, usualHours(flow.timezone)]))
  return {
    ...options,
    agents: options.agents ?? standIns(flow),
    ...(Object.keys(usual).length === 0 ? {} : { schedules: { ...usual, ...options.schedules } }),
  }
}

/** Every team that a flow's queues send to, in its order. */
export function teamsIn(flow: Flow): readonly string[] {
  return [...new Set(flow.nodes.flatMap((node) => (node.type === 'queue' ? [node.data.team] : [])))]
}

/** Ids of the saved business hours that a flow looks at. */
export function schedulesIn(flow: Flow): readonly string[] {
  const named = flow.nodes.flatMap((node) => {
    if (node.type !== 'hours' && node.type !== 'callback') return []
    return typeof node.data.schedule === 'string' ? [node.data.schedule] : []
  })
  return [...new Set(named)]
}

function usualHours(timezone: string): Schedule {
  const day = [['09:00', '17:00']] satisfies [string, string][]
  return { timezone, week: { mon: day, tue: day, wed: day, thu: day, fri: day } }
}
