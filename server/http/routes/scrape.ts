import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'
import { Hono, type Context } from 'hono'
import { getConnInfo } from '@hono/node-server/conninfo'
import { isConnected } from '../address.ts'
import { admit, demand } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { prometheusText, type ProcessFigures } from '../prometheus.ts'

/**
 * `GET /metrics` for Prometheus. A scraper on this machine needs no key; one from elsewhere, or behind a proxy, needs
 * the right `metrics.scrape`: what a business answers in an hour is not for everybody.
 */
export function scrape(deps: Pick<Deps, 'runtime' | 'access' | 'tokens' | 'rate' | 'clock' | 'proxies' | 'meters'>) {
  const { runtime, clock, meters } = deps
  const startedAt = clock.now()
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION })
  return new Hono<Env>().get('/metrics', async (c) => {
    if (!isLocal(c)) demand(await admit(deps, c), 'metrics.scrape')
    // Who is never asked watches nothing.
    loop.enable()
    const [open, queues, work] = await Promise.all([runtime.desk.open(), runtime.desk.queues(), runtime.work()])
    return c.body(prometheusText({ open, queues, work, process: figures(startedAt, loop), meters }), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
}

/** Milliseconds between two looks at the event loop, which the figures hold besides what it was late. */
const RESOLUTION = 20

function figures(startedAt: number, loop: IntervalHistogram): ProcessFigures {
  const [{ rss, heapUsed }, { user, system }] = [process.memoryUsage(), process.cpuUsage()]
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1000) || 0
  const loopLag = { p99: late(loop.percentile(99)), max: late(loop.max) }
  loop.reset()
  return { startedAt, residentBytes: rss, heapBytes: heapUsed, cpuSeconds: (user + system) / 1e6, loopLag }
}

function isLocal(c: Context): boolean {
  if (c.req.header('forwarded') !== undefined || c.req.header('x-forwarded-for') !== undefined) return false
  // Without a socket (a request made inside the process) nobody can say where it came from.
  if (!isConnected(c.env)) return false
  const address = getConnInfo(c).remote.address ?? ''
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}
