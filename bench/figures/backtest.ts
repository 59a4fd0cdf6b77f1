import { backtestAll, emptyReport, merge, withFigure, type Compared } from '#engine/backtest/index.ts'
import { type Flow, type LogEntry } from '#engine/index.ts'
import { simulate, standIns, type Simulation } from '#engine/simulate/index.ts'
import { createChance } from '#engine/routing/staffing/chance.ts'
import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { median } from '../rounds.ts'

const CONVERSATIONS = 10_000
/** So many are told apart; each is read and played again as often as it takes. */
const DIFFERENT = 100
const PAGE = 500
const ROUNDS = 3

/** From the text of the logs, as the database keeps it, to the report: what it takes of one core, whoever else works. */
export const backtest: Figure = {
  name: 'backtest',
  what: `a backtest of ${CONVERSATIONS} conversations of 20 messages on one core, under the eyes of every signal`,
  reach: { atMost: 10 },
  unit: 's',
  async measure() {
    const flow = watchedFlow()
    const logs = pastLogs(flow)
    const draft = withFigure(flow, { trigger: 'lost', signal: 'lowConfidence', field: 'times' }, 2)
    if (!draft.ok) throw new Error('The figure cannot be changed.')
    const seconds = Array.from({ length: ROUNDS }, () => {
      const from = process.cpuUsage()
      let report = emptyReport<Compared>()
      for (let first = 0; first < CONVERSATIONS; first += PAGE) {
        report = merge(report, backtestAll(read(flow, logs, first), { draft: draft.flow }))
      }
      const { user, system } = process.cpuUsage(from)
      if (report.replayed !== CONVERSATIONS || report.differences.length === 0) throw new Error('Not all were played.')
      return (user + system) / 1_000_000
    })
    return median(seconds)
  },
}

function* read(flow: Flow, logs: readonly string[], first: number) {
  for (let index = first; index < first + PAGE; index++) {
    // Written below, from a log.
    const log = JSON.parse(logs[index % logs.length] ?? '[]') as readonly LogEntry[]
    yield { conversation: `c${index}`, flow, log }
  }
}

/** Ten messages of the customer and ten answers each; a fifth of them go on with a person. */
function pastLogs(flow: Flow): readonly string[] {
  const chance = createChance(1)
  return Array.from({ length: DIFFERENT }, (_, index) => {
    let past = simulate(flow, { id: `past${index}`, agents: standIns(flow), customer: { name: 'Ann', tier: 'gold' } })
    const asksAt = index % 5 === 0 ? 3 + (index % 7) : Infinity
    for (let turn = 0; turn < 10; turn++) {
      past = turn === asksAt ? asked(past) : past.send({ type: 'customer.message', text: sentence(chance) }).skip('4s')
      past = answered(past, chance).skip('9s')
    }
    return JSON.stringify(past.log)
  })
}

function asked(past: Simulation): Simulation {
  return past
    .send({ type: 'customer.message', text: 'I want to talk to a person.' })
    .skip('20s')
    .send({ type: 'agent.accept', agent: 'sarah' })
}

function answered(past: Simulation, chance: ReturnType<typeof createChance>): Simulation {
  if (past.view.expects.includes('bot.message')) {
    const confidence = 0.5 + 0.5 * chance.next()
    return past.send({ type: 'bot.message', text: sentence(chance), nlu: { intent: 'parcel', confidence } })
  }
  return past.snapshot.phase === 'agentActive' ? past.send({ type: 'agent.message', text: sentence(chance) }) : past
}

const WORDS =
  'the parcel chair table street driver letter Monday evening garden neighbour map river van page account'.split(' ')

function sentence(chance: ReturnType<typeof createChance>): string {
  return Array.from({ length: 14 }, () => chance.pick(WORDS.map((name) => ({ name, weight: 1 }))).name).join(' ')
}
