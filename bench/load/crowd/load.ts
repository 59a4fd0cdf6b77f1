/** The crowd, in a process of its own: conversations begin one after the other, whatever the server does. */
import { inspect } from 'node:util'
import type { Order, Report, Said, Stretch } from '../order.ts'
import { openClocked, until } from './clocked.ts'
import { openDesk } from './desk.ts'
import { follow, type Tally } from './feed.ts'
import { eventsOf, live, PLANS, type Scene } from './life.ts'
import { spreadOf } from './times.ts'

const STRETCH = 10_000
/** The conversations that are still under way at the end have so long to come to theirs. */
const LAST_WORDS = 180_000

process.once('message', (order) => {
  // Only `main.ts` sends on this channel, and only an order.
  play(order as Order)
    .then((report) => tell({ report }))
    .catch((error: unknown) => tell({ fault: inspect(error) }))
})
process.on('disconnect', () => process.exit(0))

async function play(order: Order): Promise<Report> {
  const tally: Tally = { open: 0, read: 0, broken: 0 }
  const clocked = openClocked(order.urls)
  const desk = openDesk(order.agents, clocked, tally)
  const watching = follow(`${order.urls[0]}/v1/desk/stream`, order.supervisor, tally)
  const lives = new Set<Promise<void>>()
  const from = performance.now()
  const begins = from + order.warmUp * 1_000
  const ends = begins + order.minutes * 60_000
  const stopTelling = tellNowAndThen(() => ({
    counts: performance.now() - STRETCH >= begins && performance.now() <= ends,
    seconds: (performance.now() - from) / 1_000,
    ...clocked.stretch(),
    open: lives.size,
  }))
  const counting = setTimeout(() => clocked.begin(), order.warmUp * 1_000)
  await beginAll({ order, clocked, desk, tally }, lives, { from, ends })
  clearTimeout(counting)
  const whole = clocked.whole()
  const open = tally.open
  await Promise.race([Promise.allSettled(lives), until(performance.now() + LAST_WORDS)])
  stopTelling()
  const { errors, faults } = clocked.whole()
  const stranded = lives.size === 0 ? [] : [`${lives.size} conversations never came to their end`]
  desk.close()
  watching.close()
  await clocked.close()
  const { user, system } = process.cpuUsage()
  return {
    seconds: (ends - begins) / 1_000,
    events: whole.events,
    errors: errors + lives.size + tally.broken,
    faults: [...faults, ...stranded],
    answers: whole.answers,
    offers: spreadOf(desk.offers),
    feeds: { open, read: tally.read, broken: tally.broken },
    load: (user + system) / 1e6,
  }
}

/** As many in each second as make the rate; resolves when the last has begun. */
async function beginAll(
  scene: Scene,
  lives: Set<Promise<void>>,
  { from, ends }: { readonly from: number; readonly ends: number },
): Promise<void> {
  const { order, clocked } = scene
  const each = (PLANS.reduce((sum, plan) => sum + eventsOf(plan), 0) / PLANS.length / order.rate) * 1_000
  for (let number = 0; ; number++) {
    const at = from + number * each
    if (at >= ends) return
    await until(at)
    const plan = PLANS[number % PLANS.length]
    if (plan === undefined) continue
    const life = live(scene, plan, at, order.seed + number).catch((error: unknown) => clocked.fault(String(error)))
    lives.add(life)
    void life.then(() => lives.delete(life))
  }
}

function tellNowAndThen(stretch: () => Stretch): () => void {
  const timer = setInterval(() => tell({ stretch: stretch() }), STRETCH)
  return () => clearInterval(timer)
}

function tell(said: Said): void {
  process.send?.(said)
}
