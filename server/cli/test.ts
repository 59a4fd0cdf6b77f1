import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseFlow, type Fault } from '#engine/index.ts'
import { parseScenarios, runScenario, type ScenarioResult, type Traced } from '#engine/simulate/index.ts'
import type { CliCommand } from './command.ts'
import { findDocument, findDocuments, isFile, readDocument, shown } from './documents.ts'
import { junit } from './junit.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted, lengthInWords, stepInWords } from './words.ts'

export const test: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('[scenario...]', 'files, or ids of flows in FLOWS_DIR; none: all of FLOWS_DIR')
      .option('--junit <file>', 'write the results as JUnit XML too')
      .action((names: readonly string[], options: { readonly junit?: string }) =>
        run(testAll(names, options, terminal)),
      )
  },
}

/** What the scenarios of one file came to. */
export interface TestedFile {
  readonly path: string
  readonly flow: string
  readonly results: readonly ScenarioResult[]
  /** Why the file, or its flow, could not be read. */
  readonly faults: readonly string[]
}

async function testAll(
  names: readonly string[],
  options: { readonly junit?: string },
  terminal: Terminal,
): Promise<number> {
  const { output, style } = terminal
  const tested: TestedFile[] = []
  for (const path of await findDocuments('scenarios', names, terminal)) {
    const file = await testFile(path, terminal)
    tested.push(file)
    output.write(`${style.bold(file.flow)} ${style.dim(shown(path, terminal))}\n`)
    for (const fault of file.faults) output.write(`  ${style.red('✗')} ${fault}\n`)
    for (const result of file.results) output.write(report(result, terminal))
    output.write('\n')
  }
  const results = tested.flatMap((each) => each.results)
  const failed = results.filter((each) => !each.passed).length
  const unread = tested.filter((each) => each.faults.length > 0).length
  if (options.junit !== undefined) await writeJunit(options.junit, tested, terminal)
  output.write(
    [
      style.green(`${counted(results.length - failed, 'scenario')} passed`),
      ...(failed === 0 ? [] : [style.red(`${failed} failed`)]),
      ...(unread === 0 ? [] : [style.red(`${counted(unread, 'file')} could not be read`)]),
    ].join(', ') + '\n',
  )
  return failed + unread === 0 ? 0 : 1
}

async function testFile(path: string, terminal: Terminal): Promise<TestedFile> {
  try {
    const read = parseScenarios(await readDocument(path, terminal))
    if (!read.ok) return { path, flow: shown(path, terminal), results: [], faults: read.faults.map(inOneLine) }
    const { flow: id, scenarios } = read.file
    const flow = parseFlow(await readDocument(await flowBeside(path, id, terminal), terminal))
    if (!flow.ok) {
      return { path, flow: id, results: [], faults: flow.faults.map((fault) => `the flow: ${inOneLine(fault)}`) }
    }
    return { path, flow: id, results: scenarios.map((each) => runScenario(flow.flow, each)), faults: [] }
  } catch (error) {
    if (error instanceof UsageError) return { path, flow: shown(path, terminal), results: [], faults: [error.message] }
    throw error
  }
}

async function flowBeside(path: string, id: string, terminal: Terminal): Promise<string> {
  const beside = join(dirname(path), `${id}.flow.json`)
  return (await isFile(beside)) ? beside : findDocument('flow', id, terminal)
}

function inOneLine({ pointer, message }: Fault): string {
  return `${pointer === '' ? '/' : pointer}: ${message}`
}

/** One line for what passes; for what fails, what was expected, what came instead, and how it came to that. */
function report({ name, passed, failures, trace }: ScenarioResult, { style }: Terminal): string {
  if (passed) return `  ${style.green('✓')} ${name}\n`
  const at = failures[0]?.step ?? -1
  const start = trace[0]?.at ?? 0
  const where = at < 0 ? 'before the first step' : `at step ${at + 1}`
  return [
    `  ${style.red('✗')} ${name} ${style.dim(`(${where})`)}`,
    ...failures.map(({ message }) => `      ${style.red(message)}`),
    ...(trace.length === 0 ? [] : [`      ${style.dim('what happened:')}`]),
    ...trace.flatMap((each) => lines(each, start, style)),
    ...(trace.at(-1) === undefined ? [] : [`      ${style.dim(timersInWords(trace.at(-1)))}`]),
    '',
  ].join('\n')
}

function lines(
  { doing, at, state, owner, said, refused }: Traced,
  start: number,
  style: Terminal['style'],
): readonly string[] {
  const done = doing === null ? 'the conversation starts' : stepInWords(doing)
  const came =
    refused === undefined ? `${state} (${owner})` : style.yellow(`refused, ${refused.code}: ${refused.message}`)
  return [
    `        ${style.dim(`+${lengthInWords(at - start)}`.padEnd(8))} ${done} ${style.dim('→')} ${came}`,
    ...said.map((text) => `                 ${style.cyan(`“${text}”`)}`),
  ]
}

function timersInWords(traced: Traced | undefined): string {
  const timers = traced?.timers ?? []
  return timers.length === 0
    ? 'no timer runs'
    : `timers: ${timers.map(({ id, left }) => `${id} in ${lengthInWords(left)}`).join(', ')}`
}

async function writeJunit(file: string, tested: readonly TestedFile[], terminal: Terminal): Promise<void> {
  await writeFile(resolve(terminal.folder, file), junit(tested)).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
}
