/** Does what `machine.ts` asks for, and tells how far it is. */
import { mutate, reportOf, verdicts, type Verdict } from '#engine/mutation/index.ts'
import { runScenario } from '#engine/simulate/index.ts'
import { pathTests } from '#engine/testing/paths.ts'
import { troddenBy } from './trodden.ts'
import type { Job, News } from './machine.ts'

globalThis.onmessage = ({ data: job }: MessageEvent<Job>): void => {
  switch (job.ask) {
    case 'mistakes':
      return tryMistakes(job)
    case 'tests':
      return writeTests(job)
    default:
      return job satisfies never
  }
}

function tryMistakes({ flow, scenarios, most }: Extract<Job, { ask: 'mistakes' }>): void {
  const of = mutate(flow, most).length
  const all: Verdict[] = []
  tell({ is: 'trying', done: 0, of })
  for (const verdict of verdicts(flow, scenarios, most)) {
    all.push(verdict)
    tell({ is: 'trying', done: all.length, of })
  }
  const { survivors, ...figures } = reportOf(all)
  tell({
    is: 'tried',
    report: { ...figures, survivors: survivors.map(({ id, node, change }) => ({ id, node, change })) },
  })
}

function writeTests({ flow }: Extract<Job, { ask: 'tests' }>): void {
  const { scenarios, uncovered } = pathTests(flow)
  const trodden = troddenBy(scenarios.map((each) => runScenario(flow, each)))
  tell({
    is: 'written',
    tests: { scenarios, trodden, why: Object.fromEntries(uncovered.map(({ item, why }) => [item.id, why])) },
  })
}

function tell(news: News): void {
  globalThis.postMessage(news)
}
