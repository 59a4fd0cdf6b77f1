/**
 * Which passwords are taken, after NIST SP 800-63B-4, 3.1.1.2: 15 characters or more, since it is the only factor, any
 * characters, no composition, nothing that is commonly used. A list of long common passwords would be long itself; they
 * are made of few parts, so a password is refused when little is left of it without those parts: the common words, runs
 * of the keyboard, the alphabet and digits, what repeats, and the person's own name and address.
 */
export const SHORTEST = 15
export const LONGEST = 256
/** Different characters that must be left once the common parts are taken out. */
const LEFT = 5

/** What speaks against a password, as the end of a sentence that begins with it; undefined when nothing does. */
export function faultOfPassword(password: string, about: readonly (string | undefined)[]): string | undefined {
  const length = [...password.normalize('NFKC')].length
  if (length < SHORTEST) return `must have ${SHORTEST} characters or more; some words in a row make a good one`
  if (length > LONGEST) return `must have ${LONGEST} characters at most`
  const own = about.flatMap((text) => words(text ?? ''))
  const left = new Set(without(plain(password), [...own, ...COMMON].map(plain)))
  if (left.size >= LEFT) return undefined
  return 'is too easy to guess: it is made of common words, runs of keys or your own name; choose other words'
}

function words(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3)
}

/** Small letters, with the usual stand-ins read as what they stand for; no spaces or signs. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[@4310$57]/g, (sign) => STANDS_FOR[sign] ?? sign)
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** The longest parts first: “password” is not to leave what “passwordpassword” would not. */
function without(text: string, parts: readonly string[]): string {
  const known = parts.filter((part) => part.length >= 3).toSorted((a, b) => b.length - a.length)
  const left = known.reduce((rest, part) => rest.replaceAll(part, ' '), text)
  // What repeats says no more than it does once.
  return left.replaceAll(' ', '').replace(/(.{1,8}?)\1+/gu, '$1')
}

const STANDS_FOR: Readonly<Record<string, string>> = {
  '@': 'a',
  4: 'a',
  3: 'e',
  1: 'i',
  0: 'o',
  $: 's',
  5: 's',
  7: 't',
}

const RUNS = ['1234567890', '0987654321', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop']
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'

const COMMON: readonly string[] = [
  ...[...RUNS, ALPHABET].flatMap((run) => [run, [...run].toReversed().join('')]).flatMap(stretches),
  ...'password passwort passphrase passcode pass word secret geheim login signin admin administrator root user'.split(
    ' ',
  ),
  ...'welcome hello letmein change changeme default test testing temp guest master access open please'.split(' '),
  ...'iloveyou love lovely baby angel princess sunshine flower summer winter spring autumn monkey dragon'.split(' '),
  ...'football baseball basketball soccer hockey superman batman pokemon starwars computer internet google'.split(' '),
  ...'january february march april june july august september october november december'.split(' '),
  ...'monday tuesday wednesday thursday friday saturday sunday qwerty qwertz azerty asdf abc qaz wsx'.split(' '),
  ...'correct horse battery staple trustno company support service customer agent baton chatbot'.split(' '),
  ...'the and you are this that with for not mypassword myname 2020 2021 2022 2023 2024 2025 2026 2027 2028'.split(' '),
]

/** Every stretch of four or more of a run. */
function stretches(run: string): readonly string[] {
  return Array.from({ length: run.length - 3 }, (_, start) =>
    Array.from({ length: run.length - 3 - start }, (__, more) => run.slice(start, start + 4 + more)),
  ).flat()
}
