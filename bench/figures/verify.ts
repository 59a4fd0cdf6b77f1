import { verify as compare, type Flow, type LogEntry } from '#engine/index.ts'
import { simulate, standIns } from '#engine/simulate/index.ts'
import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { median } from '../rounds.ts'

const CONVERSATIONS = 1_000
/** So many are told apart; each is read and replayed again as often as it takes. */
const DIFFERENT = 50
const TURNS = 10
const ROUNDS = 5

/** From the text of log and snapshot, as the database keeps them, to the verdict: on one core. */
export const verify: Figure = {
  name: 'verify',
  what: `${CONVERSATIONS} logs of ${TURNS * 2} messages replayed and compared with what is stored, all byte-equal: a core’s time`,
  reach: { atMost: 2 },
  unit: 's',
  async measure() {
    const flow = watchedFlow()
    const kept = Array.from({ length: DIFFERENT }, (_, index) => conversation(flow, index))
    const seconds = Array.from({ length: ROUNDS }, () => {
      const from = process.cpuUsage()
      for (let index = 0; index < CONVERSATIONS; index++) {
        const { log, stored } = kept[index % DIFFERENT] ?? NOTHING
        // Written below, from a log.
        const { verdict } = compare(flow, JSON.parse(log) as readonly LogEntry[], stored)
        if (verdict !== 'equal') throw new Error(`A log and its snapshot are not the same: ${verdict}.`)
      }
      return process.cpuUsage(from).user / 1_000_000
    })
    return median(seconds)
  },
}

interface Kept {
  readonly log: string
  readonly stored: string
}

const NOTHING: Kept = { log: '[]', stored: '' }
const WORDS = ['parcel', 'chair', 'table', 'street', 'driver', 'letter', 'garden', 'river', 'page', 'account']

/** A fifth of them come to a person. */
function conversation(flow: Flow, index: number): Kept {
  let past = simulate(flow, { id: `past${index}`, agents: standIns(flow), customer: { name: 'Ann', tier: 'gold' } })
  for (let turn = 0; turn < TURNS; turn++) {
    const asks = index % 5 === 0 && turn === 4
    const said = asks
      ? 'I want to talk to a person.'
      : `My ${WORDS[(index + turn * 3) % WORDS.length]} is at the ${WORDS[(index * 7 + turn) % WORDS.length]}`
    past = past.send({ type: 'customer.message', text: said }).skip('4s')
    if (past.view.expects.includes('agent.accept')) past = past.send({ type: 'agent.accept', agent: 'sarah' })
    if (past.snapshot.phase === 'agentActive')
      past = past.send({ type: 'agent.message', text: 'I am looking into it.' })
    else if (past.view.expects.includes('bot.message')) {
      past = past.send({ type: 'bot.message', text: 'It is on its way.', nlu: { confidence: 0.9 } })
    }
    past = past.skip('9s')
  }
  return { log: JSON.stringify(past.log), stored: JSON.stringify(past.snapshot) }
}
