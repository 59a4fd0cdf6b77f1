/** What stands for personal data: made up, and of the same kind. */

/** Names of nobody in particular, none of them a word of the languages that the signals hear. */
export const standInNames: readonly string[] = [
  'Robin',
  'Ashford',
  'Jamie',
  'Lindqvist',
  'Casey',
  'Marlowe',
  'Alexis',
  'Winslow',
  'Jordan',
  'Hartwell',
  'Morgan',
  'Eastwick',
  'Taylor',
  'Norcross',
  'Quinn',
  'Fairley',
  'Rowan',
  'Kingsley',
  'Avery',
  'Tremaine',
]
const known: ReadonlySet<string> = new Set(standInNames.map((each) => each.toLowerCase()))

export function isStandIn(word: string): boolean {
  return known.has(word.toLowerCase())
}

/** Gives each thing its number, from 1, in the order in which they come. */
export function numbered(made: (index: number) => string): (of: string) => string {
  const given = new Map<string, string>()
  return (of) => {
    const before = given.get(of) ?? made(given.size + 1)
    given.set(of, before)
    return before
  }
}

/**
 * Digits in place of digits, as many: the first two stay, which say the kind of a card or a country. Those that pass a
 * card’s check (Luhn, ISO/IEC 7812-1) do so again.
 */
export function forNumber(digits: string, index: number): string {
  const end = String(index % 100).padStart(2, '0')
  const kept = digits.slice(0, 2)
  const made = `${kept}${'50'.repeat(digits.length)}`.slice(0, digits.length - end.length - 1) + end
  if (!passesLuhn(digits)) return `${made}0`
  const check = Array.from('0123456789').find((last) => passesLuhn(made + last)) ?? '0'
  return made + check
}

function passesLuhn(digits: string): boolean {
  if (digits.length < 12) return false
  const sum = Array.from(digits)
    .reverse()
    .map((each, place) => (place % 2 === 0 ? Number(each) : Number(each) * 2))
    .reduce((total, each) => total + (each > 9 ? each - 9 : each), 0)
  return sum % 10 === 0
}
