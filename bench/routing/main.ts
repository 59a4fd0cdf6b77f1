/**
 * `npm run bench:routing [-- <figure...>]`: measures, on a really started server with 10,000 customers who wait and 500
 * agents who are busy, how long an offer takes, and prints it beside what it must reach. The exit code is 1 when a
 * figure is not met. `--waiting 1000 --agents 50 --rounds 50` is a short one, whose figures count for nothing.
 */
import { inspect, parseArgs } from 'node:util'
import { z } from 'zod'
import { isMet } from '../figure.ts'
import { reachInWords, row } from '../table.ts'
import { whole, type Sizes } from './figure.ts'
import { figures } from './figures/index.ts'
import { onFloor } from './stage/floor.ts'

const WIDTHS = [10, 11, 11, 6, 0]
const text = { type: 'string' } as const
const { values, positionals: names } = parseArgs({
  options: { waiting: text, agents: text, rounds: text },
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
try {
  await onFloor(sizes, async (floor) => {
    for (const figure of figures) {
      if (names.length > 0 && !names.includes(figure.name)) continue
      const { value, beside } = await figure.measure(floor, sizes)
      const met = isMet(figure.reach, value)
      const shown = `${Number(value.toPrecision(3))}${figure.unit}`
      row(WIDTHS, figure.name, reachInWords(figure), shown, met ? 'yes' : 'NO', figure.what)
      row(WIDTHS, '', '', '', '', `(${beside})`)
      if (!met) process.exitCode = 1
    }
  })
} catch (error) {
  process.stderr.write(`${inspect(error)}\n`)
  process.exitCode = 1
}
