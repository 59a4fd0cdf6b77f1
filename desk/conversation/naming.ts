/** How customers are called. What they call themselves is text of theirs, and is shown as such. */
import type { About } from '#ui/answers.ts'
import { words } from '../words/en.ts'

export function customerName({ customer }: Pick<About, 'customer'>): string {
  const known = [customer.name, customer.email, customer.id].find((each) => each !== null && each.trim() !== '')
  return known ?? words.conversation.unknown
}

/** Two letters at most, for a picture of nobody. */
export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/[\s.@_-]+/)
    .filter((part) => /^[\p{L}\p{N}]/u.test(part))
  const [first, last] = [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
  // By code points, so that a letter of two units is not cut in half.
  return (
    [first, last]
      .map((part) => (part === undefined ? '' : (Array.from(part)[0] ?? '')))
      .join('')
      .toUpperCase() || '?'
  )
}

/** The engine's reasons go on from a name; alone they begin as a sentence does. */
export function asSentence(text: string): string {
  const [first = ''] = Array.from(text)
  return first.toUpperCase() + text.slice(first.length)
}

/** Bytes in words. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
