import {
  check as problemsOf,
  compiledFlow,
  parseFlow,
  worstWait,
  type Fault,
  type Flow,
  type Problem,
  type WaitEnd,
} from '#engine/index.ts'
import type { CliCommand } from './command.ts'
import { findDocuments, readDocument, shown } from './documents.ts'
import { pathInWords } from './path-words.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted, lengthInWords } from './words.ts'

export const check: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('[flow...]', 'files, or ids in FLOWS_DIR; none: all of FLOWS_DIR')
      .action((names: readonly string[]) => run(checkAll(names, terminal)))
  },
}

type Finding = Pick<Problem, 'severity' | 'node' | 'pointer' | 'message' | 'path'>
interface Findings {
  readonly found: readonly Finding[]
  /** The worst wait of the flow, where it can be read. */
  readonly waits?: string
}

async function checkAll(names: readonly string[], terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const paths = await findDocuments('flow', names, terminal)
  const found: Finding[] = []
  for (const path of paths) {
    const findings = await findingsOf(path, terminal)
    found.push(...findings.found)
    output.write(`${findings.found.length === 0 ? style.green('✓') : ' '} ${style.bold(shown(path, terminal))}\n`)
    for (const each of findings.found) output.write(line(each, terminal))
    if (findings.waits !== undefined) output.write(`  ${style.dim(findings.waits)}\n`)
  }
  const errors = found.filter((each) => each.severity === 'error').length
  const warnings = found.length - errors
  const sum = [
    (errors === 0 ? style.green : style.red)(counted(errors, 'error')),
    (warnings === 0 ? style.green : style.yellow)(counted(warnings, 'warning')),
  ]
  output.write(`\n${counted(paths.length, 'flow')}: ${sum.join(', ')}\n`)
  return errors === 0 ? 0 : 1
}

async function findingsOf(path: string, terminal: Terminal): Promise<Findings> {
  try {
    const read = parseFlow(await readDocument(path, terminal))
    if (!read.ok) return { found: read.faults.map(asFinding) }
    const waits = worstWaitOf(read.flow)
    return { found: problemsOf(read.flow), ...(waits === undefined ? {} : { waits }) }
  } catch (error) {
    if (error instanceof UsageError)
      return { found: [{ severity: 'error', node: null, pointer: '', message: error.message }] }
    throw error
  }
}

function asFinding({ node, pointer, message }: Fault): Finding {
  return { severity: 'error', node, pointer, message }
}

const ends: Readonly<Record<WaitEnd, string>> = {
  person: 'a person',
  promise: 'a promise',
  end: 'the end',
  customer: 'it is their turn',
  nobody: 'nobody comes',
}

function worstWaitOf(flow: Flow): string | undefined {
  const worst = worstWait(compiledFlow(flow))
  if (worst === undefined) return undefined
  const { wait, way, end } = worst
  const nodes = way.map(({ node, wait: own }) => (own === 0 ? node : `${node} (${lengthInWords(own)})`))
  return `worst wait ${wait === 'unbounded' ? 'without end' : lengthInWords(wait)}: ${[...nodes, ends[end]].join(' → ')}`
}

function line({ severity, node, pointer, message, path = [] }: Finding, { style }: Terminal): string {
  const mark = severity === 'error' ? style.red('✗ error  ') : style.yellow('! warning')
  const where = node === null ? '' : `${style.bold(node)}: `
  const steps = pathInWords(path).map((step, index) => style.dim(`      ${index + 1}. ${step}`))
  return `${[`  ${mark} ${where}${message}${pointer === '' ? '' : style.dim(` (${pointer})`)}`, ...steps].join('\n')}\n`
}
