import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runScenario } from '#engine/simulate/index.ts'
import { pathTests } from '#engine/testing/index.ts'
import { topFolder } from '#server/top-folder.ts'
import type { Figure } from '../figure.ts'

const READY = ['hello', 'ecommerce', 'banking', 'healthcare', 'travel', 'helpdesk', 'real-estate']

/** How much of the flows that come with Baton the machine comes through with tests that it writes itself. */
export const pathTestsCover: Figure = {
  name: 'path-tests',
  what: `nodes, outlets and triggers of the ${READY.length} ready flows that machine-written tests come through, of all there are`,
  reach: { atLeast: 1 },
  unit: '',
  async measure() {
    let covered = 0
    let all = 0
    for (const name of READY) {
      const flow: object = JSON.parse(await readFile(join(topFolder, `flows/${name}.flow.json`), 'utf8'))
      const tests = pathTests(flow)
      const failed = tests.scenarios.filter((scenario) => !runScenario(flow, scenario).passed)
      if (failed.length > 0) throw new Error(`${name}: ${failed.map((each) => each.name).join(', ')} did not pass.`)
      covered += tests.covered.length
      all += tests.covered.length + tests.uncovered.length
      for (const { item, why } of tests.uncovered) process.stderr.write(`${name}: ${item.id} is not covered. ${why}\n`)
    }
    return covered / all
  },
}
