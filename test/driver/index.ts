/** What tests speak with: `converse` in memory, its matchers, and the flows of this repository by name. */
import './matchers.ts'
import { readFileSync } from 'node:fs'
import { parseFlow, FlowFaults, type Flow } from '#engine/index.ts'

export { converse, type Conversed, type Conversing } from '#engine/testing/index.ts'

const folder = new URL('../../flows/', import.meta.url)
const known = new Map<string, Flow>()

/** A flow of `flows/`. @throws FlowFaults when it is malformed */
export function flowNamed(id: string): Flow {
  const flow = known.get(id) ?? read(new URL(`${id}.flow.json`, folder))
  known.set(id, flow)
  return flow
}

/** The ids of the flows that come with Baton; what somebody has saved beside them in `flows/` is not ours to test. */
export function flowNames(): readonly string[] {
  return ['banking', 'ecommerce', 'healthcare', 'hello', 'helpdesk', 'real-estate', 'travel']
}

function read(file: URL): Flow {
  const parsed = parseFlow(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.ok) throw new FlowFaults(parsed.faults)
  return parsed.flow
}
