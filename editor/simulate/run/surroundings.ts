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

/** Every team that a flow's queues send to, at once or with time, in its order. */
export function teamsIn(flow: Flow): readonly string[] {
  const named = flow.nodes.flatMap((node) => {
    if (node.type !== 'queue') return []
    const { team, relax = [] } = node.data
    return [team, ...relax.flatMap(({ teams = [] }) => teams)]
  })
  return [...new Set(named)]
}

/** Ids of the saved business hours that a flow looks at. */
export function schedulesIn(flow: Flow): readonly string[] {
  const named = flow.nodes.flatMap((node) => {
    if (node.type !== 'hours' && node.type !== 'callback' && node.type !== 'queue') return []
    const schedule = node.type === 'queue' ? node.data.sla?.schedule : node.data.schedule
    return typeof schedule === 'string' ? [schedule] : []
  })
  return [...new Set(named)]
}

function usualHours(timezone: string): Schedule {
  const day = [['09:00', '17:00']] satisfies [string, string][]
  return { timezone, week: { mon: day, tue: day, wed: day, thu: day, fri: day } }
}
