import { OutboundError } from './fault.ts'

export const outboundMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
export type OutboundMethod = (typeof outboundMethods)[number]

/** The method, in capitals; one that opens a tunnel or is no method is refused. */
export function methodOf(method: string): OutboundMethod {
  const found = outboundMethods.find((each) => each === method.toUpperCase())
  if (found !== undefined) return found
  throw new OutboundError('refused', `“${method}” is not a method for a call; use ${outboundMethods.join(', ')}.`)
}

/** What is sent: the caller's headers, in small letters, over our own. Those of the connection are refused. */
export function headersOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'baton', accept: '*/*', 'accept-encoding': 'identity' }
  for (const [name, value] of Object.entries(given)) {
    const small = name.toLowerCase()
    if (connectionHeaders.has(small)) {
      throw new OutboundError('refused', `The header “${name}” belongs to the connection; leave it out.`)
    }
    headers[small] = value
  }
  return headers
}

/** What may go along to another origin. */
export function strippedOf({
  accept = '*/*',
  'user-agent': agent = 'baton',
}: Readonly<Record<string, string>>): Record<string, string> {
  return { accept, 'user-agent': agent, 'accept-encoding': 'identity' }
}

// What decides where a message ends or whom it is for is ours alone: two opinions on it are request smuggling.
const connectionHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
  'proxy-authorization',
  'proxy-connection',
  'forwarded',
  'via',
])
