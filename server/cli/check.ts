import { check as problemsOf, parseFlow, type Fault, type Problem } from '#engine/index.ts'
import type { CliCommand } from './command.ts'
import { findDocuments, readDocument, shown } from './documents.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

export const check: CliCommand = {
  define(command, terminal, run) {
    command
      .argument('[flow...]', 'files, or ids in FLOWS_DIR; none: all of FLOWS_DIR')
      .action((names: readonly string[]) => run(checkAll(names, terminal)))
  },
}

type Finding = Pick<Problem, 'severity' | 'node' | 'pointer' | 'message'>

async function checkAll(names: readonly string[], terminal: Terminal): Promise<number> {
  const { output, style } = terminal
  const paths = await findDocuments('flow', names, terminal)
  const found: Finding[] = []
  for (const path of paths) {
    const findings = await findingsOf(path, terminal)
    found.push(...findings)
    output.write(`${findings.length === 0 ? style.green('✓') : ' '} ${style.bold(shown(path, terminal))}\n`)
    for (const each of findings) output.write(line(each, terminal))
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

async function findingsOf(path: string, terminal: Terminal): Promise<readonly Finding[]> {
  try {
    const read = parseFlow(await readDocument(path, terminal))
    return read.ok ? problemsOf(read.flow) : read.faults.map(asFinding)
  } catch (error) {
    if (error instanceof UsageError) return [{ severity: 'error', node: null, pointer: '', message: error.message }]
    throw error
  }
}

function asFinding({ node, pointer, message }: Fault): Finding {
  return { severity: 'error', node, pointer, message }
}

function line({ severity, node, pointer, message }: Finding, { style }: Terminal): string {
  const mark = severity === 'error' ? style.red('✗ error  ') : style.yellow('! warning')
  const where = node === null ? '' : `${style.bold(node)}: `
  return `  ${mark} ${where}${message}${pointer === '' ? '' : style.dim(` (${pointer})`)}\n`
}
