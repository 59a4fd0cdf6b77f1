import {
  ARTICLE,
  BE,
  DESK,
  LIGHT,
  LINK,
  LOCAL,
  MAY,
  MOVE,
  NOT,
  OTHER,
  PERSON,
  REACH,
  REAL,
  SELF,
  SOMEONE,
  SUPPOSING,
  TALK,
  THINKS,
  WANT,
  YOU,
} from './roles.ts'
import { is, skipLight, wordAt } from './clause.ts'
import type { Clause } from './clause.ts'

/**
 * What takes a request back.
 * Law 1: a negation counts when it governs a verb of asking or the person: "don't transfer me", "no need for an agent",
 * "without talking to a human". Not so in "not helpful, get me an agent", nor in "why can't I talk to a human".
 * Law 2: a fresh start frees what follows: "I don't want a refund I want a human".
 * Law 3: what is only supposed or only asked about is no request: "if I need an agent", "do I have to see a person".
 */
export function takenBack(clause: Clause, from: number, to: number): boolean {
  const start = freshStart(clause, from)
  return negated(clause, start, from, to) || negatedAfter(clause, to) || supposed(clause, start, from)
}

const ASKING = WANT | TALK | REACH | MOVE
const GOVERNED = ASKING | PERSON | SOMEONE | DESK | LOCAL | THINKS
const PASSED_OVER = SELF | YOU | LINK | ARTICLE | REAL | OTHER | LIGHT | BE | MAY
const OWN = new Set('me my mine myself'.split(' '))
const AUXILIARY = new Set('would do did'.split(' '))
const WORTH_REFUSING = new Set('need reason point want desire wish longer use interest necessity'.split(' '))
/** Verbs before which "no" is "not", as it is in Spanish. */
const AFTER_SPANISH_NO = new Set('necesito quiero quisiera me hace hay deseo transfiera pase hable'.split(' '))
const OPENS_QUESTION = new Set('why warum pourquoi por perche waarom how'.split(' '))
const CANNOT = new Set('cant cannot couldnt'.split(' '))
const NEEDED = /^(need|necess|requir|want|be|notig|nodig|neces|bisogn|unnecess)/

/** Where the last fresh start before `until` begins: "I want", "let me", "get me". */
function freshStart(clause: Clause, until: number): number {
  let start = clause.start
  for (let at = clause.start; at < until; at += 1) if (startsAfresh(clause, at)) start = at
  return start
}

function startsAfresh(clause: Clause, at: number): boolean {
  if (is(clause, at, NOT) || negatedJustBefore(clause, at)) return false
  if (is(clause, at, SELF) && !OWN.has(wordAt(clause, at))) {
    let verb = at + 1
    while ((is(clause, verb, LIGHT) || AUXILIARY.has(wordAt(clause, verb))) && !is(clause, verb, NOT)) verb += 1
    return is(clause, verb, WANT) && !is(clause, verb, NOT)
  }
  const orders = is(clause, at, MAY | MOVE | WANT) && is(clause, at + 1, SELF)
  return orders && wordAt(clause, at - 1) !== 'to' && !is(clause, at - 1, YOU)
}

function negatedJustBefore(clause: Clause, at: number): boolean {
  let before = at - 1
  while (is(clause, before, LIGHT) && !is(clause, before, NOT)) before -= 1
  const word = wordAt(clause, before)
  return is(clause, before, THINKS | NOT) || word === 'if' || word === 'need'
}

function negated(clause: Clause, start: number, from: number, to: number): boolean {
  for (let at = start; at < to; at += 1) {
    if (refuses(clause, at) && governs(clause, at, to)) return true
    if (at < from && prefersOther(clause, at)) return true
  }
  return false
}

/** "rather not", "rather than", "instead of". */
function prefersOther(clause: Clause, at: number): boolean {
  const word = wordAt(clause, at)
  if (word === 'instead') return wordAt(clause, at + 1) === 'of'
  return word === 'rather' && (wordAt(clause, at + 1) === 'than' || is(clause, at + 1, NOT))
}

function refuses(clause: Clause, at: number): boolean {
  const word = wordAt(clause, at)
  if (word === 'no') return refusesByNo(clause, at)
  if (!is(clause, at, NOT) || asksBack(clause, at)) return false
  return !CANNOT.has(word) || is(clause, at + 1, TALK)
}

function refusesByNo(clause: Clause, at: number): boolean {
  const next = wordAt(clause, at + 1)
  if (AFTER_SPANISH_NO.has(next) || WORTH_REFUSING.has(next)) return true
  const noun = next === 'more' ? at + 2 : at + 1
  return is(clause, noun, PERSON | REAL | SOMEONE)
}

/** "can't I", "don't you have", "isn't there", "why don't": asks for what it seems to deny. */
function asksBack(clause: Clause, at: number): boolean {
  if (wordAt(clause, at + 1) === 'there') return true
  const inverted = wordAt(clause, at).endsWith('nt') && is(clause, at + 1, SELF | YOU)
  if (inverted && wordAt(clause, at + 2) !== 'dare') return true
  for (let before = at - 1; before >= Math.max(clause.start, at - 3); before -= 1) {
    if (OPENS_QUESTION.has(wordAt(clause, before))) return true
  }
  return false
}

function governs(clause: Clause, negation: number, to: number): boolean {
  for (let at = negation + 1; at < to; at += 1) {
    if (is(clause, at, GOVERNED) || WORTH_REFUSING.has(wordAt(clause, at))) return true
    if (!is(clause, at, PASSED_OVER)) return false
  }
  return false
}

/** "a human is not needed", "Berater nicht nötig". */
function negatedAfter(clause: Clause, to: number): boolean {
  for (let at = to; at < Math.min(clause.end, to + 4); at += 1) {
    if (is(clause, at, NOT) && (NEEDED.test(wordAt(clause, at + 1)) || is(clause, at + 1, TALK | MOVE))) return true
    if (wordAt(clause, at).startsWith('unnecess')) return true
  }
  return false
}

function supposed(clause: Clause, start: number, until: number): boolean {
  for (let at = Math.max(clause.start, start - 2); at < until; at += 1) {
    if (is(clause, at, SUPPOSING) && supposesAsking(clause, at)) return true
    if (asksWhetherNeeded(clause, at)) return true
  }
  return false
}

function supposesAsking(clause: Clause, at: number): boolean {
  const word = wordAt(clause, at)
  if (word === 'before' || word === 'after') return is(clause, at + 1, SELF | YOU | TALK | MOVE | REACH)
  const verb = skipLight(clause, at + 2)
  return is(clause, at + 1, SELF) && (is(clause, verb, ASKING) || wordAt(clause, verb) === 'have')
}

/** "do I need to speak to", "remind me to call"; not "what do I need to do to speak to". */
function asksWhetherNeeded(clause: Clause, at: number): boolean {
  const word = wordAt(clause, at)
  if (NECESSARY.has(word)) return wordAt(clause, at + 1) === 'to'
  if (word === 'remind') return true
  if (word === 'how') return wordAt(clause, at + 1) === 'long'
  if (!WHETHER.has(word) || !is(clause, at + 1, SELF) || ASKS_THE_WAY.has(wordAt(clause, at - 1))) return false
  const verb = wordAt(clause, skipLight(clause, at + 2))
  return word === 'should' || word === 'must' || verb === 'need' || verb === 'have'
}

const NECESSARY = new Set('necessary required mandatory obligatory'.split(' '))
const WHETHER = new Set('do will should must'.split(' '))
const ASKS_THE_WAY = new Set('what how who where whom and'.split(' '))
