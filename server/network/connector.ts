/**
 * How a connection is opened. Law: a name is resolved once, every address is checked, and the socket is opened to a
 * checked address and to no other. The name is not asked again, so an answer that changes between the check and the
 * connection (DNS rebinding) has nothing to change.
 */
import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { insideKind } from './address.ts'
import { allowKey, type AllowList } from './allow.ts'
import { admit, refusedInside } from './destination.ts'
import { OutboundError } from './fault.ts'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>

/** The operating system's resolver, `/etc/hosts` included. */
export const systemResolve: Resolve = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, verbatim: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/** An undici connector that opens sockets to checked addresses only. `timeout` in milliseconds, for one connection. */
export function checkedConnector(
  build: typeof buildConnector,
  allow: AllowList,
  resolve: Resolve,
  timeout: number,
): buildConnector.connector {
  return (options, callback) => {
    const open = (addresses: readonly Address[]): void => {
      // No sessions are kept: a connector serves one connection, because its addresses are that connection's.
      const pinned = { timeout, maxCachedSessions: 0, lookup: pinnedTo(addresses), autoSelectFamily: true }
      build(pinned)(options, callback)
    }
    const fail = (error: unknown): void => callback(error instanceof Error ? error : new Error(String(error)), null)
    // A connector calls back later, never while it is called: what throws before that has not been told yet.
    checkedAddresses(options, allow, resolve).then(open).catch(fail)
  }
}

async function checkedAddresses(
  { hostname, port, protocol }: buildConnector.Options,
  allow: AllowList,
  resolve: Resolve,
): Promise<readonly Address[]> {
  // Undici gives IPv6 without its brackets; the list keeps them, as a URL does.
  const key = allowKey(isIP(hostname) === 6 ? `[${hostname}]` : hostname, port, protocol)
  const allowed = allow.has(key)
  if (isIP(hostname) !== 0) {
    if (!allowed) admit(hostname, hostname)
    return []
  }
  const found = await resolved(hostname, resolve)
  const open = allowed ? found : found.filter(({ address }) => insideKind(address) === undefined)
  if (open.length > 0) return open
  throw refusedInside(hostname, insideKind(found[0]?.address ?? '') ?? 'no address')
}

async function resolved(hostname: string, resolve: Resolve): Promise<readonly Address[]> {
  const found = await resolve(hostname).catch(() => [])
  if (found.length > 0) return found
  throw new OutboundError('unreachable', `The name “${hostname}” could not be resolved; check its spelling or the DNS.`)
}

/** A `lookup` for `net.connect` that knows its answer. */
export function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (hostname, options, callback) => {
    const fitting = addresses.filter(({ family }) => !options.family || String(options.family).endsWith(String(family)))
    const [first] = fitting
    if (!first) return callback(new OutboundError('unreachable', `“${hostname}” has no address of this family.`), '')
    if (options.all) return callback(null, [...fitting])
    return callback(null, first.address, first.family)
  }
}
