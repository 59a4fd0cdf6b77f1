/** What sends, with the limits of its connections. It is a large package: `outbound.ts` loads it with the first request. */
import { Agent } from 'undici'
import type { AllowList } from './allow.ts'
import { checkedConnector, systemResolve, type Resolve } from './connector.ts'

/** @param timeout of one connection, in milliseconds */
export function openAgent(allow: AllowList, timeout: number, resolve: Resolve = systemResolve): Agent {
  return new Agent({
    connect: checkedConnector(allow, resolve, timeout),
    connections: 128,
    pipelining: 1,
    keepAliveMaxTimeout: 30_000,
    // The request's own limit is the rule; these only keep undici's longer ones out of the way.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}
