import { createHash } from 'node:crypto'
import type { Endpoints } from '../network/index.ts'

/**
 * The secret for a URL that a flow names. Each origin has its own, made at its first webhook and kept in
 * the document `webhooks` for the receiver's owner: one who knows his own cannot sign for another.
 */
export async function secretFor(webhooks: Endpoints, url: string): Promise<string> {
  if (!URL.canParse(url)) throw new Error(`“${url}” is not a URL; correct the webhook in the flow.`)
  const { origin, hostname } = new URL(url)
  const known = webhooks.list().find((endpoint) => new URL(endpoint.url).origin === origin)
  return (known ?? (await webhooks.put({ name: nameOf(hostname, origin), url: origin }))).secret
}

// Two origins of one host are two receivers.
function nameOf(hostname: string, origin: string): string {
  const readable = hostname
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80)
  return `${readable || 'host'}-${createHash('sha256').update(origin).digest('hex').slice(0, 8)}`
}
