/** A flow's id, made of its name: it stands in the address, in the file's name and in the API. */

/** An id that is not taken: `order-help`, `order-help-2`, … The engine admits 64 characters that begin with a letter. */
export function freeFlowId(wish: string, taken: ReadonlySet<string>): string {
  // File systems may not tell `Bank` from `bank`.
  const used = new Set([...taken].map((id) => id.toLowerCase()))
  const stem = idOf(wish)
  if (!used.has(stem.toLowerCase())) return stem
  for (let count = 2; ; count += 1) if (!used.has(`${stem}-${count}`.toLowerCase())) return `${stem}-${count}`
}

function idOf(wish: string): string {
  const plain = wish
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 56)
    .replace(/[-_]+$/, '')
  return plain === '' ? 'flow' : plain
}
