/** A conversation that was, taken as a scenario. */
import { Refusal, type Flow, type Happened } from '#engine/index.ts'
import { scenarioOfLog, type LogOptions, type TakenLog } from '#engine/simulate/index.ts'

/** An event with the flow, and its version, that ran after it. */
export interface Lived extends Happened {
  readonly flow: Flow
  readonly version: number
}

/** The scenario; the refusal where the events cannot be played again on those flows. */
export function takenOf(lived: readonly Lived[], options: Omit<LogOptions, 'version'>): TakenLog | Refusal {
  const flows = new Map(lived.map(({ version, flow }) => [version, flow]))
  const flowAt = (version: number): Flow => {
    const found = flows.get(version)
    if (found === undefined) throw new Refusal('stale', `Version ${version} of the flow is not there.`)
    return found
  }
  try {
    return scenarioOfLog(flowAt, lived, { ...options, version: lived[0]?.version ?? 0 })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
