import { dirname, join } from 'node:path'
import { LIMITS } from '#engine/index.ts'
import { parseScenarios, recordScenario, type Scenario, type Simulation } from '#engine/simulate/index.ts'
import { JsonFile } from '../store/json-file.ts'
import type { ChatPlace } from './chat.ts'
import { isFile, readDocument, shown } from './documents.ts'
import { UsageError, type Terminal } from './terminal.ts'

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
  await addScenario({ flow, scenario: recordScenario(simulation, name), file, replace: true }, terminal)
  return `  saved as “${name}” in ${shown(file, terminal)}; run it with \`baton test ${flow}\`\n`
}

interface Added {
  readonly flow: string
  readonly scenario: Scenario
  readonly file: string
  /** Whether one of the same name gives way. */
  readonly replace: boolean
}

/** Adds a scenario to a file of them, which need not be there. @throws UsageError when its name is taken, or for another file */
export async function addScenario({ flow, scenario, file, replace }: Added, terminal: Terminal): Promise<void> {
  const read = parseScenarios({ flow, scenarios: [scenario] })
  const [fault] = read.ok ? [] : read.faults
  if (fault !== undefined)
    throw new UsageError(`It makes no scenario that can be read again: ${fault.message} (${fault.pointer}).`)
  const kept = (await isFile(file)) ? await keptIn(file, flow, terminal) : []
  if (!replace && kept.some(({ name }) => name === scenario.name)) {
    throw new UsageError(
      `There is a scenario “${scenario.name}” in ${shown(file, terminal)} already; give this one a name with --name, or add --replace.`,
    )
  }
  await new JsonFile(file).write({ flow, scenarios: [...kept.filter((each) => each.name !== scenario.name), scenario] })
}

/** As they stand in the file: what a person has written there is not rewritten. */
async function keptIn(file: string, flow: string, terminal: Terminal): Promise<readonly { readonly name: string }[]> {
  const document = await readDocument(file, terminal)
  const read = parseScenarios(document)
  if (!read.ok) {
    throw new UsageError(
      `${shown(file, terminal)} cannot be read, so nothing is added to it; see why with \`baton test\`.`,
    )
  }
  if (read.file.flow !== flow) {
    throw new UsageError(
      `${shown(file, terminal)} holds scenarios of “${read.file.flow}”, and this is one of “${flow}”; name another file.`,
    )
  }
  // parseScenarios has just read it.
  return (document as { readonly scenarios: readonly { readonly name: string }[] }).scenarios
}
