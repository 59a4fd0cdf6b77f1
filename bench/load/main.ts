/**
 * `npm run bench:load [-- load|memory]`: what a server does for hours, in minutes. Each figure is a line that
 * `npm run test:long` reads. `load` (`--minutes 15 --rate 500`) has conversations begin at a steady pace whatever the
 * server does, with desks and customers' pages that follow; `memory` (`--conversations 50000`) begins and closes as many
 * as fast as it can. `--nodes 2` has as many servers on one database share the load, each conversation, desk and page at one
 * of them. `--agents`, `--seed` and `--warm-up` (seconds) are for trying.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { measureLoad } from './steady.ts'
import { measureMemory } from './memory.ts'

const figures = { load: measureLoad, memory: measureMemory } as const
const number = { type: 'string' } as const
const { values, positionals } = parseArgs({
  options: {
    minutes: number,
    rate: number,
    conversations: number,
    agents: number,
    nodes: number,
    seed: number,
    'warm-up': number,
  },
  allowPositionals: true,
})
const given = z.record(z.string(), z.coerce.number().positive()).parse(values)
const name = z.enum(['load', 'memory']).safeParse(positionals[0] ?? 'load')
if (name.success)
  await figures[name.data]({
    minutes: given['minutes'] ?? 15,
    rate: given['rate'] ?? 500,
    conversations: given['conversations'] ?? 50_000,
    agents: given['agents'] ?? 40,
    nodes: given['nodes'] ?? 1,
    seed: given['seed'] ?? 1,
    warmUp: given['warm-up'] ?? 75,
  })
else {
  process.stderr.write(`There is no figure “${positionals[0] ?? ''}”; there are ${Object.keys(figures).join(', ')}.\n`)
  process.exitCode = 1
}
