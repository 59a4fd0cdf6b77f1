/**
 * `npm run bench:editor [-- <figure...>]`: measures the editor's figures in a headless Chromium that draws in software,
 * one after the other, and prints them beside what they must reach. The exit code is 1 when a figure is not met.
 */
import { inspect, parseArgs } from 'node:util'
import { isMet } from '../figure.ts'
import { reachInWords, row } from '../table.ts'
import type { EditorFigure, Measured } from './figure.ts'
import { figures } from './figures/index.ts'
import { onStage, type Stage } from './stage/stage.ts'

const WIDTHS = [16, 11, 11, 6, 0]
const { positionals: names } = parseArgs({ allowPositionals: true })
const unknown = names.filter((name) => !figures.some((figure) => figure.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}; there are ${figures.map((figure) => figure.name).join(', ')}.\n`,
  )
  process.exit(1)
}

await onStage(async (stage) => {
  row(WIDTHS, 'figure', 'reach', 'measured', 'met?', '')
  for (const figure of figures) {
    if (names.length > 0 && !names.includes(figure.name)) continue
    const measured = await attempt(figure, stage)
    const met = measured !== undefined && isMet(figure.reach, measured.value)
    const shown = measured === undefined ? 'failed' : `${Number(measured.value.toPrecision(3))}${figure.unit}`
    row(WIDTHS, figure.name, reachInWords(figure), shown, met ? 'yes' : 'NO', figure.what)
    if (measured?.beside !== undefined) row(WIDTHS, '', '', '', '', `(${measured.beside})`)
    if (!met) process.exitCode = 1
  }
})

/** Undefined when it could not be measured: why is on stderr, and the others go on. */
async function attempt(figure: EditorFigure, stage: Stage): Promise<Measured | undefined> {
  try {
    return await figure.measure(stage)
  } catch (error) {
    process.stderr.write(`${figure.name}: ${inspect(error)}\n`)
    return undefined
  }
}
