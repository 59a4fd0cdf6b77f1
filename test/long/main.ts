/**
 * `npm run test:long [-- <part...>]`: the long form of what `npm test` runs in short, one part after the other, and at
 * the end each figure beside what it must reach. The exit code is 1 when a part fails or a figure is not met; a figure
 * that was not told is not met. `--list` shows the parts.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { inWords, isMet, worst, type Promised, type Told } from './figure.ts'
import { parts, type Part } from './parts.ts'

interface Run {
  readonly part: Part
  readonly failed: boolean
  readonly minutes: number
  readonly output: string
}

const WIDTHS = [44, 16, 14, 6, 0]
const MINUTE = 60_000

const {
  values: { list },
  positionals: names,
} = parseArgs({ options: { list: { type: 'boolean', default: false } }, allowPositionals: true })
const unknown = names.filter((name) => !parts.some((part) => part.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no part ${unknown.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}.\n`,
  )
  process.exit(1)
}
if (list) for (const { name, minutes, what } of parts) row([14, 10, 0], name, `${minutes} min`, what)
else {
  const runs: Run[] = []
  for (const part of parts) if (names.length === 0 || names.includes(part.name)) runs.push(await runPart(part))
  show(runs)
}

async function runPart(part: Part): Promise<Run> {
  const [program = '', ...given] = part.command
  process.stdout.write(`\n${part.name}: ${part.what} (about ${part.minutes} min)\n`)
  const from = performance.now()
  const child = spawn(program, given, {
    env: { ...process.env, BATON_LONG: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  // What `close` is emitted with; the code is null when a signal ended it.
  const [code] = (await once(child, 'close')) as [number | null]
  return { part, failed: code !== 0, minutes: (performance.now() - from) / MINUTE, output }
}

function show(runs: readonly Run[]): void {
  process.stdout.write('\n')
  row(WIDTHS, 'figure', 'reach', 'measured', 'met?', '')
  for (const { part, failed, minutes, output } of runs) {
    row(WIDTHS, part.name, '', `${minutes.toFixed(1)} min`, failed ? 'FAILED' : '', part.what)
    if (failed) process.exitCode = 1
    for (const promised of part.figures) showFigure(promised, worst(promised, output))
  }
}

function showFigure(promised: Promised, told: Told | undefined): void {
  const met = told !== undefined && isMet(promised.reach, told.value)
  const measured =
    told === undefined ? 'not told' : `${told.value}${promised.unit === undefined ? '' : ` ${promised.unit}`}`
  const details = told === undefined || told.details === '' ? '' : ` (${told.details})`
  row(WIDTHS, `  ${promised.name}`, inWords(promised), measured, met ? 'yes' : 'NO', promised.what + details)
  if (!met) process.exitCode = 1
}

function row(widths: readonly number[], ...cells: readonly string[]): void {
  process.stdout.write(
    `${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('')
      .trimEnd()}\n`,
  )
}
