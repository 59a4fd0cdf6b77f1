import { join, resolve } from 'node:path'
import { FlowFaults, LIMITS, parseFlow, Refusal, versionsIn } from '#engine/index.ts'
import type { Flow, Happened } from '#engine/index.ts'
import { runScenario, scenarioOfLog, type Scenario, type TakenLog } from '#engine/simulate/index.ts'
import { conversationView } from '#server/http/schemas/conversation.ts'
import type { CliCommand } from './command.ts'
import { documentOfVersion, logOf, pathOf } from './conversations.ts'
import { flowsDir, isFile, readDocument, shown } from './documents.ts'
import { answerAs, connect, type RunningServer } from './running-server.ts'
import { addScenario } from './save.ts'
import { UsageError, type Terminal } from './terminal.ts'

interface Options {
  readonly name?: string
  readonly to?: string
  readonly replace?: boolean
  readonly asItIs?: boolean
  readonly url?: string
}

const help = `
It asks a server that runs, and changes nothing there. The environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an agent, supervisor, designer or admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Names, e-mail addresses, phone, card and account numbers and addresses are replaced by stand-ins, the same ones all along.
Read the scenario through before you share it: what else customers tell of themselves stays.

Example:
  baton record c-1729 --name "A refund over the limit reaches a person"`

export const record: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('<conversation>', 'its id')
      .option('--name <promise>', 'the promise that the scenario keeps, in the user’s words')
      .option('--to <file>', 'the file of scenarios it is added to (that of its flow, in FLOWS_DIR)')
      .option('--replace', 'in place of a scenario of the same name')
      .option('--as-it-is', 'keep names, addresses and numbers as they are')
      .option('--url <address>', 'the server’s address')
      .addHelpText('after', help)
      .action((conversation: string, options: Options) => run(recordConversation(conversation, options, terminal)))
  },
}

async function recordConversation(id: string, options: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const name = options.name?.trim() ?? `As in the conversation ${id}`
  if (name === '' || name.length > LIMITS.nameLength) {
    throw new UsageError(`Give a name of 1 to ${LIMITS.nameLength} characters: the promise that the scenario keeps.`)
  }
  const taken = await takenFrom(id, name, options, terminal)
  const flow = taken.flow.id
  const file =
    options.to === undefined ? join(flowsDir(terminal), `${flow}.scenarios.json`) : resolve(terminal.folder, options.to)
  await addScenario({ flow, scenario: taken.scenario, file, replace: options.replace === true }, terminal)
  output.write(`${style.green('✓')} “${name}” is in ${shown(file, terminal)}; run it with \`baton test ${flow}\`\n`)
  for (const note of taken.notes) output.write(`${style.yellow('!')} ${note}\n`)
  if (options.asItIs !== true)
    output.write(style.dim('Names, addresses and numbers are stand-ins; read it through before you share it.\n'))
  output.write(await onTheFileBeside(flow, file, taken.scenario, terminal))
  return 0
}

async function takenFrom(id: string, name: string, { asItIs, url }: Options, terminal: Terminal): Promise<TakenLog> {
  const server = await connect(terminal, url)
  try {
    const log = await eventsOf(server, id)
    const versions = await versionsOf(server, id, log)
    return scenarioOfLog(versions.flowAt, log, { name, version: versions.first, asItIs })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new UsageError(
      `The log of “${id}” cannot be played on its flow, so no scenario is made of it: ${error.message}`,
    )
  } finally {
    await server.close()
  }
}

async function eventsOf(server: RunningServer, id: string): Promise<readonly Happened[]> {
  const log = await logOf(server, id)
  const events = log.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
  if (events.length > 0) return events
  throw new UsageError('Its log is not kept any more, so nothing can be made of it.')
}

const running = conversationView.pick({ flow: true })

/** The flow in each of the versions on which the conversation ran, and the first of them. */
async function versionsOf(server: RunningServer, id: string, log: readonly Happened[]) {
  const { flow: present } = answerAs(running, JSON.parse(await server.text(pathOf(id))))
  const versions = versionsIn(log, present.version)
  const flows = new Map<number, Flow>()
  for (const version of new Set(versions)) flows.set(version, await flowOf(server, present.id, version))
  const flowAt = (version: number): Flow => {
    const found = flows.get(version)
    if (found === undefined)
      throw new Refusal('stale', `The log names the version ${version}, which it never moved to.`)
    return found
  }
  return { first: versions[0], flowAt }
}

async function flowOf(server: RunningServer, id: string, version: number): Promise<Flow> {
  const read = parseFlow(await documentOfVersion(server, id, version))
  if (read.ok) return read.flow
  throw new UsageError(
    `Version ${version} of “${id}” cannot be read by this Baton: ${read.faults[0]?.message ?? 'it is malformed'}`,
  )
}

/** Whether it holds on the flow as it is drawn now, which may be another version than the one it ran on. */
async function onTheFileBeside(flow: string, file: string, scenario: Scenario, terminal: Terminal): Promise<string> {
  const beside = [join(file, '..', `${flow}.flow.json`), join(flowsDir(terminal), `${flow}.flow.json`)]
  for (const path of beside) {
    if (!(await isFile(path))) continue
    const document = await readDocument(path, terminal)
    const failure = firstFailure(document, scenario)
    if (failure === undefined) return `It passes on ${shown(path, terminal)}.\n`
    return `${terminal.style.yellow('!')} On ${shown(path, terminal)}, as it is now, it does not pass: ${failure}\n`
  }
  return `There is no ${flow}.flow.json here to run it on; save the flow beside it.\n`
}

function firstFailure(document: unknown, scenario: Scenario): string | undefined {
  if (typeof document !== 'object' || document === null) return 'the flow is no JSON object.'
  try {
    return runScenario(document, scenario).failures[0]?.message
  } catch (error) {
    if (error instanceof FlowFaults) return error.faults[0]?.message ?? 'the flow is malformed.'
    throw error
  }
}
