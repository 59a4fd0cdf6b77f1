/**
 * `npm run bench:live [-- <figure...>]`: measures what the two people in a handoff notice, on a really started server,
 * and prints it beside what it must reach. The exit code is 1 when a figure is not met. All of it takes a quarter of an
 * hour; `--minutes 1 --feeds 200 --rounds 20 --messages 20 --open 20` is a short one, whose figures count for nothing.
 */
import { inspect, parseArgs } from 'node:util'
import { z } from 'zod'
import { isMet } from '../figure.ts'
import { reachInWords, row } from '../table.ts'
import { whole, type HandoffFigure, type Line, type Measured, type Sizes } from './figure.ts'
import { figures } from './figures/index.ts'

const WIDTHS = [16, 11, 11, 6, 0]
const text = { type: 'string' } as const
const { values, positionals: names } = parseArgs({
  options: { messages: text, open: text, feeds: text, minutes: text, rounds: text },
  allowPositionals: true,
})
const unknown = names.filter((name) => !figures.some((figure) => figure.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}; there are ${figures.map((figure) => figure.name).join(', ')}.\n`,
  )
  process.exit(1)
}
const sizes: Sizes = { ...whole, ...z.record(z.string(), z.coerce.number().positive()).parse(values) }

row(WIDTHS, 'figure', 'reach', 'measured', 'met?', '')
for (const figure of figures) {
  if (names.length > 0 && !names.includes(figure.name)) continue
  const measured = await attempt(figure)
  for (const [index, line] of figure.lines.entries()) show(figure.name, line, measured[index])
}

/** Nothing when it could not be measured: why is on stderr, and the others go on. */
async function attempt(figure: HandoffFigure): Promise<readonly Measured[]> {
  try {
    return await figure.measure(sizes)
  } catch (error) {
    process.stderr.write(`${figure.name}: ${inspect(error)}\n`)
    return []
  }
}

function show(name: string, line: Line, measured: Measured | undefined): void {
  const met = measured !== undefined && isMet(line.reach, measured.value)
  const shown = measured === undefined ? 'failed' : `${Number(measured.value.toPrecision(3))}${line.unit}`
  row(WIDTHS, name, reachInWords(line), shown, met ? 'yes' : 'NO', line.what)
  if (measured?.beside !== undefined) row(WIDTHS, '', '', '', '', `(${measured.beside})`)
  if (!met) process.exitCode = 1
}
