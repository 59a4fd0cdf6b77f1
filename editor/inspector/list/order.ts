/** Lists in which the order says something: cases, rungs, quick replies. All give a new list. */

export function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const item = list[from]
  const place = Math.min(Math.max(to, 0), list.length - 1)
  if (item === undefined || place === from) return list
  return list.toSpliced(from, 1).toSpliced(place, 0, item)
}

/** Where a row comes to lie when its middle is dragged to `middle`, given the middles of all rows as they were. */
export function dropPlace(middles: readonly number[], from: number, middle: number): number {
  return middles.filter((each, index) => index !== from && each < middle).length
}

/** An id that nobody has, made of words: “Send money” becomes `sendMoney`, a second one `sendMoney2`. */
export function freshId(words: string, taken: readonly string[], otherwise: string): string {
  const parts = words
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 _-]/g, '')
    .split(/[ _-]+/)
    .filter((part) => part !== '')
  const joined = parts
    .map((part, index) => (index === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1))
    .join('')
  const base = joined.replace(/^[^A-Za-z]+/, '').slice(0, 40) || otherwise
  if (!taken.includes(base)) return base
  let count = 2
  while (taken.includes(`${base}${count}`)) count += 1
  return `${base}${count}`
}
