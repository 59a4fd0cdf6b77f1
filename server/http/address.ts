import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Who calls, as an address to count by; undefined for a request made inside the process. Each proxy adds by whom it was
 * called to X-Forwarded-For: as many entries are believed, from the end, as there are proxies of one's own. An IPv6
 * customer has a whole /64 and counts as one.
 */
export function addressOf(c: Context, proxies: number): string | undefined {
  if (!isConnected(c.env)) return undefined
  const hops = [...(c.req.header('x-forwarded-for') ?? '').split(','), getConnInfo(c).remote.address ?? '']
    .map((hop) => hop.trim())
    .filter(Boolean)
  return network(hops.at(-1 - proxies) ?? hops[0] ?? '')
}

export function isConnected(bindings: unknown): boolean {
  return typeof bindings === 'object' && bindings !== null && 'incoming' in bindings
}

function network(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  if (!plain.includes(':')) return plain.slice(0, 64)
  const [head = '', tail] = plain.split('::')
  const groups = (text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? [] : text.split(':')
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':').slice(0, 64)
}
