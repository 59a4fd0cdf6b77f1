import { isIP } from 'node:net'
import { insideKind } from './address.ts'
import { allowKey, type AllowList } from './allow.ts'
import { OutboundError } from './fault.ts'

/**
 * The URL of a request, when it may be called as far as its text says: http or https, no name and password inside, no
 * port of another protocol, no inside address. Names are checked once more when they are resolved.
 * Throws an `OutboundError` `refused` with the cure.
 */
export function destinationOf(text: string, allow: AllowList): URL {
  if (!URL.canParse(text)) throw refused('The address is not a URL; write one such as https://example.com/hook.')
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol)) throw refused(`“${url.protocol}” is not called; use https: or http:.`)
  if (url.username + url.password !== '') throw refused('The URL holds a name or password; send them in a header.')
  if (allow.has(allowKey(url.hostname, url.port, url.protocol))) return url
  if (closedPorts.has(url.port)) throw refused(`Port ${url.port} belongs to another protocol; call an HTTP service.`)
  const host = bare(url.hostname)
  if (isIP(host) !== 0) admit(host, url.hostname)
  return url
}

/** Refuses an inside address, with the sentence that says how an operator allows it. */
export function admit(address: string, hostname: string): void {
  const kind = insideKind(address)
  if (kind !== undefined) throw refusedInside(hostname, kind)
}

export function refusedInside(hostname: string, kind: string): OutboundError {
  return refused(
    `“${hostname}” is inside this network (${kind}); only public addresses are called. ` +
      'An operator allows it by OUTBOUND_ALLOW=host:port.',
  )
}

/** A URL's host without the brackets of IPv6. */
export function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

function refused(message: string): OutboundError {
  return new OutboundError('refused', message)
}

/**
 * Ports on which something else than HTTP listens and might take a request for its own protocol: the "bad ports" of the
 * Fetch standard (https://fetch.spec.whatwg.org/#port-blocking), and the usual databases and caches.
 */
const closedPorts: ReadonlySet<string> = new Set(
  `0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123
   135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990
   993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080 1433
   1521 2375 2379 3306 5432 6379 9042 11211 27017`.split(/\s+/),
)
