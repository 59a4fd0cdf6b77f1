import {
  ARTICLE,
  COUNTED,
  DESK,
  LIGHT,
  LINK,
  LOCAL,
  OTHER,
  PERSON,
  QUALITY,
  REAL,
  SELF,
  SOMEONE,
  THING,
  TRADE,
} from './roles.ts'

/** One clause of a message with the roles of its words; indices run over the whole message. */
export interface Clause {
  readonly words: readonly string[]
  readonly roles: Int32Array
  readonly start: number
  readonly end: number
}

/** The place where a clause names a person: "a real human being". */
export interface Mention {
  /** First word, articles and adjectives included. */
  readonly from: number
  /** Index after the last word. */
  readonly to: number
  /** `strong`: agent, human; `person`: a person, someone; `desk`: support, sales; `local`: reception, cleaner. */
  readonly kind: 'strong' | 'person' | 'desk' | 'local'
  /** "real", "live". */
  readonly real: boolean
  /** "else", "another". */
  readonly other: boolean
}

const NOUN = PERSON | SOMEONE | DESK | LOCAL
const BEFORE_NOUN = ARTICLE | REAL | QUALITY | OTHER
const AFTER_NOUN = NOUN | REAL | OTHER
const DIGITS = /^\d+$/

/** Whether any of `roles` is on the word; never outside the clause. */
export function is(clause: Clause, at: number, roles: number): boolean {
  return at >= clause.start && at < clause.end && ((clause.roles[at] ?? 0) & roles) !== 0
}

/** The word, or nothing outside the clause. */
export function wordAt(clause: Clause, at: number): string {
  return at >= clause.start && at < clause.end ? (clause.words[at] ?? '') : ''
}

/** The nearest word at or before `at` with one of `roles`, going back over at most `most` words of substance; or -1. */
export function backTo(clause: Clause, at: number, roles: number, most: number): number {
  for (let i = at, passed = 0; i >= clause.start; i -= 1) {
    if (is(clause, i, roles)) return i
    if (is(clause, i, LIGHT | BEFORE_NOUN)) continue
    passed += 1
    if (passed > most) return -1
  }
  return -1
}

/** Whether one of the words from `from` up to `to`, not included, has one of `roles`. */
export function anyOf(clause: Clause, from: number, to: number, roles: number): boolean {
  for (let at = from; at < to; at += 1) if (is(clause, at, roles)) return true
  return false
}

/** The first word at or after `at` that is more than a courtesy. */
export function skipLight(clause: Clause, at: number): number {
  let next = at
  while (is(clause, next, LIGHT)) next += 1
  return next
}

/** Every mention of a person in order, without counted ones and other trades ("two people", "estate agent"). */
export function mentionsIn(clause: Clause): readonly Mention[] {
  const mentions: Mention[] = []
  for (let at = clause.start; at < clause.end; at += 1) {
    if (!is(clause, at, NOUN)) continue
    const mention = mentionAt(clause, at)
    if (!meansOther(clause, mention, at)) mentions.push(mention)
    at = mention.to - 1
  }
  return mentions
}

function mentionAt(clause: Clause, first: number): Mention {
  let from = first
  while (is(clause, from - 1, BEFORE_NOUN) && !(is(clause, from - 1, LINK) && is(clause, from, ARTICLE))) from -= 1
  if (wordAt(clause, from - 1) === 'one' && wordAt(clause, from) === 'of') from -= 1
  let to = first + 1
  while (is(clause, to, AFTER_NOUN) && !is(clause, to, ARTICLE | SELF)) to += 1
  let all = 0
  for (let at = from; at < to; at += 1) all |= clause.roles[at] ?? 0
  return { from, to, kind: kindOf(all), real: (all & REAL) !== 0, other: (all & OTHER) !== 0 }
}

function kindOf(roles: number): Mention['kind'] {
  if ((roles & PERSON) !== 0) return 'strong'
  if ((roles & SOMEONE) !== 0) return 'person'
  return (roles & LOCAL) !== 0 ? 'local' : 'desk'
}

function meansOther(clause: Clause, mention: Mention, first: number): boolean {
  const counts = COUNTED | TRADE
  const before = mention.from - 1
  const counted = is(clause, before, counts) || is(clause, first - 1, counts) || DIGITS.test(wordAt(clause, before))
  if (is(clause, mention.to, THING) || isTheirOwn(clause, mention)) return true
  return counted && wordAt(clause, first) !== 'someone'
}

const SERVING = new Set('agent advisor adviser representative rep banker'.split(' '))

/** "my boss", "my team" are the customer's own people; "my advisor" serves the customer. */
function isTheirOwn(clause: Clause, mention: Mention): boolean {
  const before = wordAt(clause, mention.from - 1)
  return (before === 'my' || before === 'our') && !SERVING.has(wordAt(clause, mention.to - 1))
}
