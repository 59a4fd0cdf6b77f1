import { writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { parseFlow, type Fault, type Flow } from '#engine/index.ts'
import {
  parseScenarios,
  percentCovered,
  runScenario,
  type ParsedScenarios,
  type Scenario,
  type ScenarioResult,
} from '#engine/simulate/index.ts'
import type { CliCommand } from './command.ts'
import { findDocument, findDocuments, isFile, readDocument, shown } from './documents.ts'
import { junit } from './junit.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { coverageBy, coverageInWords } from './test-coverage.ts'
import { mutationInWords, mutationOf, scoreOf } from './test-mutation.ts'
import { pathsInWords, testPaths, type TestedPaths } from './test-paths.ts'
import { reported } from './test-report.ts'
import { counted } from './words.ts'
import { wholeNumber } from './whole-number.ts'

interface Options {
  readonly junit?: string
  readonly coverage?: boolean
  readonly coverageAtLeast?: number
  readonly paths?: boolean
  readonly mutate?: boolean
  readonly mutationAtLeast?: number
  readonly most: number
}

const help = `
A scenario stands in flows/<flow>.scenarios.json, beside its flow. See docs/testing.md.

Examples:
  baton test ecommerce --coverage
  baton test --coverage-at-least 90 --junit results.xml
  baton test banking --mutate`

export const test: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('[scenario...]', 'files, or ids of flows in FLOWS_DIR; none: all of FLOWS_DIR')
      .option('--junit <file>', 'write the results as JUnit XML too')
      .option('--coverage', 'say what of each flow the scenarios come through, and name the rest')
      .option('--coverage-at-least <percent>', 'end with 1 where a flow has less', percent)
      .option('--paths', 'play the tests too that the machine writes, also of flows without scenarios')
      .option('--mutate', 'make mistakes in each flow and say which no scenario would notice')
      .option('--mutation-at-least <percent>', 'end with 1 where fewer are noticed', percent)
      .option('--most <count>', 'mistakes to be tried in a flow, at most', wholeNumber(1, 999_999, 500), 1_000)
      .addHelpText('after', help)
      .action((names: readonly string[], options: Options) => run(testAll(names, options, terminal)))
  },
}

/** What the scenarios of one file came to. */
export interface TestedFile {
  readonly path: string
  readonly flow: string
  readonly results: readonly ScenarioResult[]
  /** Why the file, or its flow, could not be read. */
  readonly faults: readonly string[]
  /** What it was read as; null where it could not be. */
  readonly read: { readonly flow: Flow; readonly scenarios: readonly Scenario[] } | null
  /** What the machine wrote; null where it was not asked for. */
  readonly paths: TestedPaths | null
}

async function testAll(names: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const tested: TestedFile[] = []
  const short: string[] = []
  for (const path of await toTest(names, options, terminal)) {
    const file = await testFile(path, options, terminal)
    tested.push(file)
    output.write(`${style.bold(file.flow)} ${style.dim(shown(path, terminal))}\n`)
    for (const fault of file.faults) output.write(`  ${style.red('✗')} ${fault}\n`)
    for (const result of file.results) output.write(reported(result, style))
    if (file.paths !== null) output.write(pathsInWords(file.paths, style))
    short.push(...covered(file, options, terminal), ...noticed(file, options, terminal))
    output.write('\n')
  }
  const results = tested.flatMap(allOf)
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
  for (const each of short) output.write(`${style.red(each)}\n`)
  return failed + unread + short.length === 0 ? 0 : 1
}

/** Files of scenarios; where the machine writes tests, flows that have none too. */
async function toTest(
  names: readonly string[],
  { paths = false }: Options,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (!paths) return findDocuments('scenarios', names, terminal)
  const flows = names.length > 0 ? [] : await findDocuments('flow', [], terminal)
  const wanted = [...names, ...flows.map((path) => basename(path, '.flow.json'))]
  return Promise.all(
    wanted.map((name) => findDocument('scenarios', name, terminal).catch(() => findDocument('flow', name, terminal))),
  )
}

async function testFile(path: string, options: Options, terminal: Terminal): Promise<TestedFile> {
  const unread = (flow: string, faults: readonly string[]): TestedFile => ({
    path,
    flow,
    results: [],
    faults,
    read: null,
    paths: null,
  })
  try {
    const document = await readDocument(path, terminal)
    const isFlow = options.paths === true && path.endsWith('.flow.json')
    const read = isFlow ? NO_SCENARIOS : parseScenarios(document)
    if (!read.ok) return unread(shown(path, terminal), read.faults.map(inOneLine))
    const { scenarios } = read.file
    const flow = parseFlow(
      isFlow ? document : await readDocument(await flowBeside(path, read.file.flow, terminal), terminal),
    )
    if (!flow.ok)
      return unread(
        read.file.flow || shown(path, terminal),
        flow.faults.map((fault) => `the flow: ${inOneLine(fault)}`),
      )
    const results = scenarios.map((each) => runScenario(flow.flow, each))
    const paths = options.paths === true ? testPaths(flow.flow) : null
    return { path, flow: flow.flow.id, results, faults: [], read: { flow: flow.flow, scenarios }, paths }
  } catch (error) {
    if (error instanceof UsageError) return unread(shown(path, terminal), [error.message])
    throw error
  }
}
const NO_SCENARIOS = { ok: true, file: { flow: '', scenarios: [] } } as const satisfies ParsedScenarios

/** The scenarios that people wrote, and those of the machine. */
function allOf({ results, paths }: TestedFile): readonly ScenarioResult[] {
  return [...results, ...(paths?.results ?? [])]
}

/** Writes how much is covered; the answer says what falls short of what was asked for. */
function covered(file: TestedFile, options: Options, { output, style }: Terminal): readonly string[] {
  const { flow, read, paths } = file
  const { coverage = false, coverageAtLeast: least } = options
  if (read === null || (!coverage && least === undefined)) return []
  const found = coverageBy(read.flow, allOf(file))
  output.write(coverageInWords(found, paths?.why ?? new Map(), style))
  const percent = percentCovered(found)
  return least === undefined || percent >= least ? [] : [`${flow}: ${percent} % is covered, ${least} % is asked for`]
}

function noticed({ flow, read, results }: TestedFile, options: Options, terminal: Terminal): readonly string[] {
  const { mutate = false, mutationAtLeast: least, most } = options
  if (read === null || (!mutate && least === undefined)) return []
  if (results.some((each) => !each.passed)) {
    terminal.output.write(`  ${terminal.style.yellow('no mistakes are tried while scenarios fail')}\n`)
    return []
  }
  const report = mutationOf(read.flow, read.scenarios, most, terminal)
  terminal.output.write(mutationInWords(report, terminal.style))
  const percent = scoreOf(report)
  return least === undefined || percent >= least
    ? []
    : [`${flow}: ${percent} % of the mistakes are noticed, ${least} % is asked for`]
}

async function flowBeside(path: string, id: string, terminal: Terminal): Promise<string> {
  const beside = join(dirname(path), `${id}.flow.json`)
  return (await isFile(beside)) ? beside : findDocument('flow', id, terminal)
}

function inOneLine({ pointer, message }: Fault): string {
  return `${pointer === '' ? '/' : pointer}: ${message}`
}

async function writeJunit(file: string, tested: readonly TestedFile[], terminal: Terminal): Promise<void> {
  await writeFile(resolve(terminal.folder, file), junit(tested)).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('It is a number from 0 to 100.')
  return value
}
