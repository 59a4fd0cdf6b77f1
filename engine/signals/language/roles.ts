import type { Role } from './language.ts'
import { speller } from './typos.ts'
import { languages, wordSet, wordsOf } from './words.ts'

/**
 * What each word of a message can do in a sentence that asks for a person.
 * The roles of all languages are laid over each other, one bit each: "a" is an article in English and "to" in Spanish.
 */
const ROLES = [
  'person',
  'someone',
  'desk',
  'local',
  'bot',
  'real',
  'quality',
  'other',
  'talk',
  'reach',
  'move',
  'want',
  'may',
  'link',
  'article',
  'not',
  'self',
  'you',
  'third',
  'be',
  'help',
  'light',
  'turn',
  'supposing',
  'counted',
  'trade',
  'thing',
  'thinks',
  'told',
] as const satisfies readonly Role[]

const bits = new Map<Role, number>(ROLES.map((role, at) => [role, 1 << at]))

/** The bits of these roles together. */
export function bitsOf(...roles: readonly Role[]): number {
  return roles.reduce((sum, role) => sum | (bits.get(role) ?? 0), 0)
}

export const PERSON = bitsOf('person')
export const SOMEONE = bitsOf('someone')
export const DESK = bitsOf('desk')
export const LOCAL = bitsOf('local')
export const BOT = bitsOf('bot')
export const REAL = bitsOf('real')
export const QUALITY = bitsOf('quality')
export const OTHER = bitsOf('other')
export const TALK = bitsOf('talk')
export const REACH = bitsOf('reach')
export const MOVE = bitsOf('move')
export const WANT = bitsOf('want')
export const MAY = bitsOf('may')
export const LINK = bitsOf('link')
export const ARTICLE = bitsOf('article')
export const NOT = bitsOf('not')
export const SELF = bitsOf('self')
export const YOU = bitsOf('you')
export const THIRD = bitsOf('third')
export const BE = bitsOf('be')
export const HELP = bitsOf('help')
export const LIGHT = bitsOf('light')
export const TURN = bitsOf('turn')
export const SUPPOSING = bitsOf('supposing')
export const COUNTED = bitsOf('counted')
export const TRADE = bitsOf('trade')
export const THING = bitsOf('thing')
export const THINKS = bitsOf('thinks')
export const TOLD = bitsOf('told')

/** Roles that a word has only right after certain others: Dutch "een mens" is a human, English "mens" are shoes. */
const AFTER: readonly (readonly [word: string, after: string, role: Role])[] = [
  ['mens', 'een echt echte menselijk n', 'person'],
  ['being', 'human living', 'person'],
  ['will', 'ich wir', 'want'],
  ['like', 'id would really much i we wud also rather wld', 'want'],
  ['have', 'i to can could rather please would let me id', 'want'],
  ['out', 'reach reaching', 'reach'],
  ['you', 'thank see bless', 'light'],
  ['vous', 'il', 'light'],
  ['te', 'il', 'light'],
  ['il', 's', 'light'],
]
const after = new Map(
  AFTER.map(([word, before, role]) => {
    return [word, { before: new Set(wordsOf(before)), roles: bitsOf(role) }]
  }),
)

const known = new Map<string, number>()
for (const { roles } of languages) {
  for (const role of ROLES) {
    for (const word of wordsOf(roles[role] ?? '')) known.set(word, (known.get(word) ?? 0) | bitsOf(role))
  }
}

const lookalikes = [...wordSet((language) => language.lookalikes), ...known.keys(), ...after.keys()]
const spelling = speller(
  wordSet((language) => language.misspelt),
  new Set(lookalikes),
)
const SHORTEST_MISSPELT = 3
const DRAGGED = /(.)\1\1+/g

/** Words as they were meant, and what each can do. */
export interface Understood {
  readonly words: readonly string[]
  readonly roles: Int32Array
}

/** Finds the roles of each word, misspelt words put right. */
export function understand(words: readonly string[]): Understood {
  const roles = new Int32Array(words.length)
  let meant: string[] | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const bound = after.get(word)
    const plain = bound !== undefined && bound.before.has(words[at - 1] ?? '') ? bound.roles : known.get(word)
    if (plain !== undefined) {
      roles[at] = plain
      continue
    }
    const spelt = putRight(word)
    if (spelt === undefined) continue
    roles[at] = known.get(spelt) ?? 0
    meant ??= [...words]
    meant[at] = spelt
  }
  return { words: meant ?? words, roles }
}

function putRight(word: string): string | undefined {
  if (word.length < SHORTEST_MISSPELT) return undefined
  const meant = spelling.meant(word)
  if (meant !== undefined) return meant
  if (!isDragged(word)) return undefined
  const squeezed = word.replace(DRAGGED, '$1')
  return known.has(squeezed) ? squeezed : undefined
}

/** Whether a letter comes three times in a row: "pleeease". */
function isDragged(word: string): boolean {
  for (let at = 2; at < word.length; at += 1) {
    const letter = word.charCodeAt(at)
    if (letter === word.charCodeAt(at - 1) && letter === word.charCodeAt(at - 2)) return true
  }
  return false
}
