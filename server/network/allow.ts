/**
 * Inside destinations that the operator names: `OUTBOUND_ALLOW`, a list of `host:port` parted by commas or blanks, such
 * as `bots.internal:8080, 127.0.0.1:4000, [::1]:4000`. What is listed may be called although it is inside, no more.
 */
export type AllowList = ReadonlySet<string>

/** Reads the list. A `fault` is a sentence that names the entry and its cure. */
export function readAllowList(text: string): { readonly allow: AllowList; readonly fault?: string } {
  const allow = new Set<string>()
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const destination = normal(entry)
    if (destination === undefined) {
      return {
        allow: new Set(),
        fault: `OUTBOUND_ALLOW holds “${entry}”; write each entry as host:port, such as bots.internal:8080.`,
      }
    }
    allow.add(destination)
  }
  return { allow }
}

/** As the list spells a destination: the host as a URL writes it, and always a port. */
export function allowKey(hostname: string, port: string, protocol: string): string {
  return `${hostname.toLowerCase()}:${port === '' ? standardPort(protocol) : port}`
}

function normal(entry: string): string | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}._-]+):(\d{1,5})$/u.exec(entry)
  if (!match || Number(match[2]) < 1 || Number(match[2]) > 65_535) return undefined
  const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : undefined
  return url && allowKey(url.hostname, url.port, url.protocol)
}

function standardPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}
