/** The flows that come with Baton, as simulated conversations run on them: as they are, under the simulation's name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const READY = ['banking', 'ecommerce', 'healthcare', 'hello', 'helpdesk', 'real-estate', 'travel'] as const
export type Ready = (typeof READY)[number]

/** The simulation runs from the top of the package. */
export function readyFlow(id: Ready): object {
  const document: unknown = JSON.parse(readFileSync(join('flows', `${id}.flow.json`), 'utf8'))
  if (typeof document !== 'object' || document === null) throw new Error(`flows/${id}.flow.json is no flow.`)
  return document
}
