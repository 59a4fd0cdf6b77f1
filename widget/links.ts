/**
 * Parts a text into words and links. Only addresses of the web become links, whole and undisguised: none that names a
 * user before its host, none with characters that turn the direction of writing.
 */
export type Part = string | { readonly href: string; readonly text: string }

const ADDRESS = /https?:\/\/[^\s<>"“”«»\p{Bidi_Control}]+/giu

export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const shown = withoutEnd(found)
    const href = safeAddress(shown)
    if (href === undefined) continue
    if (index > from) parts.push(text.slice(from, index))
    parts.push({ href, text: shown })
    from = index + shown.length
  }
  return from < text.length ? [...parts, text.slice(from)] : parts
}

/** The address when it is one that may be opened; undefined otherwise. */
export function safeAddress(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { href, username, password } = new URL(address)
  return username === '' && password === '' ? href : undefined
}

/** The marks that end a sentence belong to it; a bracket does unless the address opened it. */
function withoutEnd(address: string): string {
  const shorter = address.replace(/[.,;:!?'’…]+$/, '')
  const closes = shorter.endsWith(')') && shorter.split('(').length < shorter.split(')').length
  return closes ? withoutEnd(shorter.slice(0, -1)) : shorter
}
