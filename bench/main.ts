/**
 * `npm run bench [-- <figure...>] [--save]`: measures the figures, one after the other and each in its own process,
 * and prints them as a table beside what they must reach and what the baseline holds. `--save` writes the baseline.
 * The exit code is 1 when a figure is not met.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { topFolder } from '#server/top-folder.ts'
import { isMet, type Figure } from './figure.ts'
import { figures } from './figures/index.ts'
import { reachInWords, row } from './table.ts'

const BASELINE = join(topFolder, 'bench/baseline.json')
const baseline = z.record(z.string(), z.number())
const WIDTHS = [20, 10, 10, 10, 6, 0]
const answer = z.object({ measured: z.number() })

const {
  values: { save },
  positionals: names,
} = parseArgs({ options: { save: { type: 'boolean', default: false } }, allowPositionals: true })
const unknown = names.filter((name) => !figures.some((figure) => figure.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}; there are ${figures.map((figure) => figure.name).join(', ')}.\n`,
  )
  process.exit(1)
}

const kept = baseline.parse(JSON.parse(await readFile(BASELINE, 'utf8').catch(() => '{}')))
const measured: Record<string, number> = {}
row(WIDTHS, 'figure', 'reach', 'measured', 'baseline', 'met?', '')
for (const figure of figures) {
  if (names.length > 0 && !names.includes(figure.name)) continue
  const value = await inItsOwnProcess(figure)
  if (value === undefined) {
    row(WIDTHS, figure.name, reachInWords(figure), 'failed', shown(kept[figure.name], figure), 'NO', figure.what)
    process.exitCode = 1
    continue
  }
  measured[figure.name] = Number(value.toPrecision(3))
  row(
    WIDTHS,
    figure.name,
    reachInWords(figure),
    shown(value, figure),
    shown(kept[figure.name], figure),
    isMet(figure.reach, value) ? 'yes' : 'NO',
    figure.what,
  )
  if (!isMet(figure.reach, value)) process.exitCode = 1
}
if (save) await writeFile(BASELINE, `${JSON.stringify({ ...kept, ...measured }, null, 2)}\n`)

/** Undefined when it could not be measured; why is on stderr by then. */
async function inItsOwnProcess({ name }: Figure): Promise<number | undefined> {
  const child = fork(fileURLToPath(new URL('./measure.js', import.meta.url)), [name], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])])
  return said === undefined ? undefined : answer.parse(said).measured
}

function shown(value: number | undefined, { unit }: Figure): string {
  return value === undefined ? '' : `${value.toPrecision(3)}${unit}`
}
