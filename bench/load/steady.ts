/** So many events a second for so long, and whether the server's memory grows meanwhile. */
import { loadavg } from 'node:os'
import { row } from '../table.ts'
import { playInProcess } from './crowd/process.ts'
import { flow } from './flow.ts'
import type { Report, Stretch } from './order.ts'
import type { Sizes } from './sizes.ts'
import { risePercent, slope, span, type Memory, type Point } from './slope.ts'
import { onStage, type Stage } from './stage.ts'
import type { Usage } from './usage.ts'

/** Conversations that an agent has at once. */
const CAPACITY = 16
/** Of the time that counts: before that the server's caches may still fill. */
const SETTLED = 1 / 3
const WIDTHS = [8, 9, 8, 9, 9, 9, 8, 10, 10, 10, 0]
const MEGABYTE = 1e6
const MINUTE = 60

export async function measureLoad(sizes: Sizes): Promise<void> {
  await onStage({ nodes: sizes.nodes, agents: sizes.agents, capacity: CAPACITY }, async (stage) => {
    const memory: Point[] = []
    const kept: Point[] = []
    const begun = performance.now()
    stage.onCollected((bytes) => kept.push({ x: (performance.now() - begun) / 1_000 / MINUTE, y: bytes / MEGABYTE }))
    row(WIDTHS, 'at', 'events/s', 'errors', 'p50', 'p99', 'max', 'open', 'server', 'database', 'memory', 'machine')
    let last = { usage: await stage.usage(), at: performance.now() }
    const report = await playInProcess(orderFor(stage, sizes), (stretch) => {
      void stage.usage().then((usage) => {
        const at = performance.now()
        if (usage !== null) memory.push({ x: stretch.seconds / MINUTE, y: usage.resident / MEGABYTE })
        show(stretch, usage, shareOf(last.usage, usage, (at - last.at) / 1_000))
        last = { usage, at }
      })
    })
    const seen = { kept: settled(kept, sizes), memory: settled(memory, sizes) }
    tell(report, sizes, seen, await stage.usage())
  })
}

/** What counts of points whose `x` is in minutes. */
function settled(points: readonly Point[], { warmUp, minutes }: Sizes): readonly Point[] {
  const begin = warmUp / MINUTE
  return points.filter(({ x }) => x >= begin + minutes * SETTLED && x <= begin + minutes)
}

function orderFor({ urls, bot, agents, supervisor }: Stage, { rate, minutes, warmUp, seed }: Sizes) {
  return { urls, flow: flow.id, bot, agents, supervisor, rate, minutes, warmUp, seed }
}

interface Share {
  readonly server: string
  readonly database: string
}

/** Of one processor. */
function shareOf(before: Usage | null, after: Usage | null, seconds: number): Share {
  const share = (one: number, other: number): string => `${Math.round(((other - one) / seconds) * 100)} %`
  return before === null || after === null
    ? { server: '?', database: '?' }
    : { server: share(before.server, after.server), database: share(before.database, after.database) }
}

function show({ counts, seconds, events, errors, answers, open }: Stretch, usage: Usage | null, share: Share): void {
  row(
    WIDTHS,
    `${Math.round(seconds)} s${counts ? '' : ' *'}`,
    (events / 10).toFixed(0),
    String(errors),
    `${answers.p50.toFixed(1)}`,
    `${answers.p99.toFixed(1)}`,
    `${answers.max.toFixed(0)}`,
    String(open),
    share.server,
    share.database,
    usage === null ? '?' : `${(usage.resident / MEGABYTE).toFixed(0)} MB`,
    `load ${loadavg()[0]?.toFixed(1)}`,
  )
}

function tell(report: Report, sizes: Sizes, { kept, memory }: Memory, usage: Usage | null): void {
  const { answers, offers, feeds, seconds, events, errors, faults } = report
  const minutes = sizes.minutes
  process.stdout.write('* is not counted: conversations become as many as they will be.\n')
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  figure('load errors', errors, `${events} events in ${minutes} min, seed ${sizes.seed}`)
  figure('load rate', (events / seconds).toFixed(1), `${sizes.rate} a second were meant`)
  figure(
    'load p99',
    answers.p99.toFixed(1),
    `ms from the intended moment; half ${answers.p50}, the longest ${answers.max}`,
  )
  figure(
    'load offers p99',
    offers.p99.toFixed(0),
    `ms from the wish for a person to an agent’s desk; half ${offers.p50}`,
  )
  figure('load feeds', feeds.open, `at once; ${feeds.read} events read, ${feeds.broken} broken`)
  if (kept.length >= 3)
    figure('load memory slope', slope(kept).toFixed(2), `MB a minute, ${span(kept)} in ${kept.length} collections`)
  if (memory.length >= 3)
    figure(
      'load process',
      risePercent(memory).toFixed(1),
      `% above the first half, ${span(memory)}, ${slope(memory).toFixed(2)} MB a minute`,
    )
  if (usage === null) return
  const whole = seconds + sizes.warmUp
  const share = (used: number): string => `${Math.round((used / whole) * 100)} %`
  figure(
    'load processors',
    2,
    `of one: server ${share(usage.server)}, database ${share(usage.database)}, load ${share(report.load)}`,
  )
}

function figure(name: string, value: number | string, details: string): void {
  process.stdout.write(`figure ${name}: ${value} (${details})\n`)
}
