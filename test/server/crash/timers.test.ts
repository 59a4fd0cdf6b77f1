/**
 * Deadlines over kills of the server. `npm test` sets 2,000 and kills twice, `npm run test:long -- timers` sets 100,000
 * and kills 50 times. Conversations that do nothing but wait begin one after the other, so that deadlines come all the
 * time, also while nobody is there to meet them.
 *
 * How late one comes is counted from when it was due, or from when the server that met it was ready, whichever was
 * later: the time in which no server runs is that of the kills. What is not met between two kills counts from the latter.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit, type Deadline } from './audit.ts'
import { Caller, emptyLedger, type Ledger } from './caller.ts'
import { chance } from './chance.ts'
import { waits } from './flow.ts'
import { publishFirst, setStage, type Stage } from './stage.ts'

const LONG = process.env['BATON_LONG'] !== undefined
const SEED = Number(process.env['BATON_CRASH_SEED'] ?? 20_262)
/** `each`: seconds from one deadline of a conversation to its next; all conversations begin in as much time. */
const { conversations, deadlines, each, kills } = LONG
  ? { conversations: 10_000, deadlines: 10, each: 65, kills: 50 }
  : { conversations: 500, deadlines: 4, each: 3, kills: 2 }
const SPAN = (deadlines + 1) * each * 1_000
const CALLERS = 16
const LOOK_EVERY = 200
/** All deadlines have come by then, or never will. */
const PATIENCE = 60_000
const flow = waits(deadlines, `${each}s`)

interface Start {
  readonly killed: number
  readonly ready: number
}

let stage: Stage
beforeEach(async () => {
  stage = await setStage((url) => publishFirst(url, flow))
})
afterEach(() => stage.close())

describe('Deadlines', () => {
  test(
    'Law 3: over kills of the server none is lost, early or double, and each comes soon after it is due',
    async () => {
      const ledger = emptyLedger(flow)
      const [, starts] = await Promise.all([beginAll(ledger), killNowAndThen()])
      await untilAllHaveEnded(new Caller(stage.url, ledger))
      const audited = await audit(stage.url, ledger)
      const faults = [...audited.faults]
      if (audited.deadlines.length !== conversations * deadlines)
        faults.push(`${audited.deadlines.length} deadlines came of ${conversations * deadlines}`)
      const late = audited.deadlines.map((deadline) => lateness(deadline, starts)).sort((one, other) => one - other)
      const p99 = late[Math.ceil(late.length * 0.99) - 1] ?? Infinity
      const away = starts.reduce((sum, { killed, ready }) => sum + ready - killed, 0)
      console.log(`figure deadlines set: ${conversations * deadlines} (${conversations} conversations, seed ${SEED})`)
      console.log(`figure restarts between deadlines: ${kills} (nobody was there for ${away} ms in all)`)
      console.log(`figure deadlines lost, early or double: ${faults.length}`)
      console.log(
        `figure deadlines late, p99: ${p99} ms (half ${late[late.length >> 1]} ms, the latest ${late.at(-1)} ms)`,
      )
      expect(faults).toEqual([])
    },
    SPAN * 2 + PATIENCE * 3,
  )
})

/** As many in each moment as in any other. */
async function beginAll(ledger: Ledger): Promise<void> {
  const caller = new Caller(stage.url, ledger)
  const from = Date.now()
  const waiting = Array.from({ length: conversations }, (_, index) => (index / conversations) * each * 1_000).values()
  const lane = async (): Promise<void> => {
    for (const at of waiting) {
      await pause(Math.max(0, from + at - Date.now()))
      await caller.start(flow.id)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, lane))
}

/** While deadlines come, at moments that the seed chooses. */
async function killNowAndThen(): Promise<readonly Start[]> {
  const draw = chance(SEED)
  const between = (SPAN - each * 1_000) / kills
  const from = Date.now() + each * 1_000
  const starts: Start[] = []
  for (let kill = 0; kill < kills; kill++) {
    await pause(Math.max(0, from + (kill + draw() * 0.8) * between - Date.now()))
    const killed = Date.now()
    await stage.crashServer()
    starts.push({ killed, ready: Date.now() })
  }
  return starts
}

async function untilAllHaveEnded(caller: Caller): Promise<void> {
  const patience = Date.now() + SPAN + PATIENCE
  for (;;) {
    const { items } = await caller.read<{ readonly items: readonly object[] }>('/v1/conversations?phase=bot&limit=1')
    if (items.length === 0 || Date.now() > patience) return
    await pause(LOOK_EVERY)
  }
}

function lateness({ due, at }: Deadline, starts: readonly Start[]): number {
  const last = starts.findLast(({ killed }) => killed < at)
  return Math.max(0, at - Math.max(due, last?.ready ?? 0))
}
