/** Whether every word that was typed begins a word of what is searched, in any order; accents do not matter. */
export function fits(query: string, ...texts: readonly string[]): boolean {
  const there = plain(texts.join(' '))
  return plain(query)
    .split(/\s+/)
    .every((word) => word === '' || there.startsWith(word) || there.includes(` ${word}`))
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
