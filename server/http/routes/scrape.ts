import { Hono, type Context } from 'hono'
import { getConnInfo } from '@hono/node-server/conninfo'
import { isConnected } from '../address.ts'
import { callerOf, demand } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { prometheusText } from '../prometheus.ts'

/**
 * `GET /metrics` for Prometheus. A scraper on this machine needs no key; one from elsewhere, or behind a proxy, needs
 * the right `metrics.scrape`: what a business answers in an hour is not for everybody.
 */
export function scrape({ runtime, keys, tokens, clock }: Pick<Deps, 'runtime' | 'keys' | 'tokens' | 'clock'>) {
  const startedAt = clock.now()
  return new Hono<Env>().get('/metrics', async (c) => {
    if (!isLocal(c))
      demand(await callerOf({ keys, tokens }, c.req.header('authorization'), clock.now()), 'metrics.scrape')
    const [metrics, queues] = await Promise.all([runtime.desk.metrics(startedAt), runtime.desk.queues()])
    const [{ rss, heapUsed }, { user, system }] = [process.memoryUsage(), process.cpuUsage()]
    const figures = { startedAt, residentBytes: rss, heapBytes: heapUsed, cpuSeconds: (user + system) / 1e6 }
    return c.body(prometheusText(metrics, queues, figures), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
}

function isLocal(c: Context): boolean {
  if (c.req.header('forwarded') !== undefined || c.req.header('x-forwarded-for') !== undefined) return false
  // Without a socket (a request made inside the process) nobody can say where it came from.
  if (!isConnected(c.env)) return false
  const address = getConnInfo(c).remote.address ?? ''
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}
