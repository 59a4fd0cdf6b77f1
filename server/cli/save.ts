import { dirname, join } from 'node:path'
import { LIMITS } from '#engine/index.ts'
import { parseScenarios, recordScenario, type Simulation } from '#engine/simulate/index.ts'
import { JsonFile } from '../store/json-file.ts'
import type { ChatPlace } from './chat.ts'
import { isFile, readDocument, shown } from './documents.ts'
import { UsageError } from './terminal.ts'

/** Adds a run to the scenarios beside its flow, in place of one of the same name. Resolves to a line for the screen. */
export async function saveScenario(
  simulation: Simulation,
  name: string,
  { path, terminal }: ChatPlace,
): Promise<string> {
  if (name === '') {
    throw new UsageError(
      'Write /save <name>; the name is the promise that the scenario keeps, such as /save A refund reaches a person.',
    )
  }
  if (name.length > LIMITS.nameLength) throw new UsageError(`The name must be ${LIMITS.nameLength} characters at most.`)
  const flow = simulation.flow.id
  const file = join(dirname(path), `${flow}.scenarios.json`)
  const kept = (await isFile(file)) ? await keptIn(file, terminal) : []
  const scenario = recordScenario(simulation, name)
  await new JsonFile(file).write({ flow, scenarios: [...kept.filter((each) => each.name !== name), scenario] })
  return `  saved as “${name}” in ${shown(file, terminal)}; run it with \`baton test ${flow}\`\n`
}

/** As they stand in the file: what a person has written there is not rewritten. */
async function keptIn(file: string, terminal: ChatPlace['terminal']): Promise<readonly { readonly name: string }[]> {
  const document = await readDocument(file, terminal)
  if (!parseScenarios(document).ok) {
    throw new UsageError(
      `${shown(file, terminal)} cannot be read, so nothing is added to it; see why with \`baton test\`.`,
    )
  }
  // parseScenarios has just read it.
  return (document as { readonly scenarios: readonly { readonly name: string }[] }).scenarios
}
