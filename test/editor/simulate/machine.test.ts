/** What the machine does for the scenarios away from the page, and what the page makes of it. */
import { describe, expect, test } from 'vitest'
import { compiledFlow, Refusal, type Flow } from '#engine/index.ts'
import { coverageOf, parseScenarios, runScenario, simulate } from '#engine/simulate/index.ts'
import { takenOf, type Lived } from '#editor/simulate/scenarios/keep.ts'
import { beginJob, type Job, type News, type Started } from '#editor/simulate/scenarios/machine.ts'
import { countOf, marksOf, troddenBy } from '#editor/simulate/scenarios/trodden.ts'
import { support } from '../../engine/draw.ts'

const flow = support()
const agents = [{ id: 'sarah', name: 'Sarah', teams: ['billing'] }]

function worker() {
  const asked: Job[] = []
  const started = {
    onmessage: null as Started['onmessage'],
    onerror: null as Started['onerror'],
    postMessage: (job: Job) => void asked.push(job),
    terminate: () => {
      ours.ended = true
    },
  }
  // The handlers look at the event, not at who calls them.
  const listening = started as unknown as Worker
  const ours = {
    asked,
    started,
    ended: false,
    says: (data: News) => started.onmessage?.call(listening, new MessageEvent('message', { data })),
    // Node has no ErrorEvent; nothing of it is read.
    breaks: () => started.onerror?.call(listening, new Event('error') as ErrorEvent),
  }
  return ours
}
const job: Job = { ask: 'tests', flow }

describe('A job that the machine does', () => {
  const begun = () => {
    const at = worker()
    const told: News[] = []
    return {
      at,
      told,
      stop: beginJob(
        job,
        (news) => told.push(news),
        () => at.started,
      ),
    }
  }

  test('is asked of a worker, tells how far it is, and ends the worker when it is done', () => {
    const { at, told } = begun()
    at.says({ is: 'trying', done: 1, of: 2 })
    expect(at.ended).toBe(false)
    at.says({ is: 'written', tests: { scenarios: [], trodden: [], why: {} } })
    expect(at.asked).toEqual([job])
    expect(told.map(({ is }) => is)).toEqual(['trying', 'written'])
    expect(at.ended).toBe(true)
  })

  test('says nothing more once it is stopped', () => {
    const { at, told, stop } = begun()
    stop()
    at.says({ is: 'trying', done: 1, of: 2 })
    at.breaks()
    expect(told).toEqual([])
    expect(at.ended).toBe(true)
  })

  test('tells when its worker breaks', () => {
    const { at, told } = begun()
    at.breaks()
    expect(told).toEqual([{ is: 'broken' }])
    expect(at.ended).toBe(true)
  })
})

test('What scenarios come through is marked by node and by way out, and counted', () => {
  const read = parseScenarios({
    flow: 'x',
    scenarios: [{ name: 'x', agents, steps: [{ customer: 'a human please' }] }],
  })
  const results = read.ok ? read.file.scenarios.map((each) => runScenario(flow, each)) : []
  const coverage = coverageOf(flow, troddenBy(results))
  expect(marksOf(coverage)).toMatchObject({
    start: true,
    wants: true,
    billing: true,
    person: false,
    'start.next': true,
    'billing.accepted': false,
  })
  expect(countOf(coverage, 'trigger')).toEqual({ covered: 1, of: 2 })
})

describe('A conversation that was', () => {
  const steps = simulate(flow, { agents }).send({ type: 'customer.message', text: 'a human please' }).log
  const { flow: parsed } = compiledFlow(flow)
  const lived = (of: Flow): readonly Lived[] =>
    steps.flatMap((entry) =>
      entry.kind === 'event' ? [{ event: entry.event, at: entry.at, flow: of, version: 3 }] : [],
    )

  test('becomes a scenario that passes', () => {
    const taken = takenOf(lived(parsed), { name: 'Who asks is heard' })
    expect(taken instanceof Refusal ? [] : runScenario(flow, taken.scenario)).toMatchObject({
      passed: true,
      name: 'Who asks is heard',
    })
  })

  test('is refused with the reason where it does not fit its flow', () => {
    const other = {
      ...parsed,
      nodes: parsed.nodes.filter(({ type }) => type !== 'trigger'),
      edges: parsed.edges.filter(({ source }) => source !== 'wants' && source !== 'lost'),
    }
    expect(takenOf(lived(compiledFlow(other).flow), { name: 'x' })).toBeInstanceOf(Refusal)
  })
})
