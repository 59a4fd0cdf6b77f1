import { ARTICLE, BE, BOT, DESK, HELP, LIGHT, LINK, MAY, MOVE, REACH, SELF, TALK, THIRD, WANT, YOU } from './roles.ts'
import { anyOf, backTo, is, skipLight, wordAt } from './clause.ts'
import type { Clause, Mention } from './clause.ts'

/**
 * The forms in which a clause asks for the person it mentions:
 * 1. contact: "speak to X", "get in touch with X", "X I can talk to", "mit X sprechen"
 * 2. move: "transfer me to X", "escalate this to X", "put X on"
 * 3. want: "give me X", "I need X", "waiting for X", "help from X"
 * 4. there: "is there X", "do you have X"
 * 5. act: "can X call me", "have X look at this"
 * 6. bare: "X please"
 * Someone or anyone asks by contact and move, and else only when "real", "else" or "from support".
 */
export function inAnyForm(clause: Clause, mention: Mention): boolean {
  return (
    contacts(clause, mention) ||
    moves(clause, mention) ||
    wants(clause, mention) ||
    isThere(clause, mention) ||
    acts(clause, mention) ||
    bare(clause, mention)
  )
}

/** What is handed on to a person, besides the customer. */
export const MOVABLE = wordsIn(
  'this it that call chat conversation issue case ticket complaint problem matter request ' + 'query session',
)
const HANDOVER = wordsIn(
  'handoff handover transfer escalation takeover only help assistance interaction contact chat ' +
    'talk speak support service now on a the to for needed required wanted',
)
const PRESENT = wordsIn('available there around here online free on i to who that we working awake at')
const CALL = wordsIn('call calls callback ring phone contact text email message reach')
const HAS_MOVED = wordsIn('was were got been have has had already i ive just he she they')
const PASSIVE = wordsIn('be get getting got being')
const ASKS_TO_ACT = wordsIn('have get ask let make tell request wait waiting for')
const NEVER_LEADS = wordsIn('send link turn hand')
const FETCHES = wordsIn('get take bring move')
const BETWEEN = wordsIn('my over up back off on of in right straight')
/** Verbs that told to a bot may mean: dial for me. */
const RINGS = wordsIn('call phone ring')
const THROUGH = wordsIn('through thru')
const ON_THE_LINE = wordsIn('phone line call')

/** Who speaks or moves: the nearest of the customer, the bot and others before the verb. */
export function subjectOf(clause: Clause, verb: number, from = clause.start): 'self' | 'you' | 'third' | 'none' {
  for (let at = verb - 1; at >= from; at -= 1) {
    if (is(clause, at, SELF)) return 'self'
    if (is(clause, at, YOU)) return 'you'
    if (is(clause, at, THIRD | BOT)) return 'third'
  }
  return 'none'
}

/** "am I talking to", "I was on the phone with", "I had a chat with": what goes on or went on, not a wish. */
export function goesOn(clause: Clause, verb: number): boolean {
  const on = wordAt(clause, verb - 1) === 'on' || (is(clause, verb - 1, ARTICLE) && wordAt(clause, verb - 2) === 'on')
  const lasting = on || wordAt(clause, verb).endsWith('ing')
  for (let at = verb - 1; at >= Math.max(clause.start, verb - 4); at -= 1) {
    if (is(clause, at, WANT)) return false
    if (wordAt(clause, at) === 'had') return true
    if (lasting && is(clause, at, BE) && wordAt(clause, at) !== 'be') return true
  }
  return false
}

function contacts(clause: Clause, mention: Mention): boolean {
  const verb = contactVerb(clause, mention)
  if (verb < 0 || goesOn(clause, verb)) return false
  const subject = subjectOf(clause, verb, verb > mention.from ? mention.to : clause.start)
  return subject === 'self' || subject === 'none'
}

function contactVerb(clause: Clause, mention: Mention): number {
  const link = backTo(clause, mention.from - 1, LINK, mention.kind === 'person' ? 0 : 2)
  if (link >= 0) {
    const before = backTo(clause, link - 1, TALK | REACH, 1)
    if (before >= 0) return before
    for (let at = mention.to; at < Math.min(clause.end, mention.to + 5); at += 1) if (is(clause, at, TALK)) return at
  }
  const direct = directVerb(clause, mention)
  return direct >= 0 ? direct : verbAfter(clause, mention)
}

/** "contact support", "speak someone"; not "the contact person". */
function directVerb(clause: Clause, mention: Mention): number {
  const verb = backTo(clause, mention.from - 1, TALK | REACH, 0)
  if (verb < 0 || is(clause, verb, LIGHT) || is(clause, verb - 1, ARTICLE)) return -1
  const word = wordAt(clause, verb)
  const calls = word === 'call' && mayI(clause, verb)
  const takesAnyone = is(clause, verb, TALK) || word === 'contact' || word === 'reach' || calls
  if (RINGS.has(word) && subjectOf(clause, verb) !== 'self') return -1
  if (mention.kind === 'strong') return verb
  if (mention.kind === 'person') return takesAnyone ? verb : -1
  return mention.kind === 'desk' && is(clause, verb, REACH) ? verb : -1
}

/** "can I call". */
function mayI(clause: Clause, verb: number): boolean {
  return is(clause, verb - 1, SELF) && is(clause, verb - 2, MAY)
}

/** "X I can talk to", "X to speak with", "kan ik X spreken". */
function verbAfter(clause: Clause, mention: Mention): number {
  const next = skipLight(clause, mention.to)
  if (is(clause, next, TALK) && next + 1 === clause.end && is(clause, mention.from - 1, SELF)) return next
  if (!is(clause, next, SELF | LINK) && !is(clause, next + 1, SELF | LINK)) return -1
  for (let at = next; at < Math.min(clause.end, next + 6); at += 1) {
    if (is(clause, at, TALK)) return is(clause, at + 1, LINK) ? at : -1
  }
  return -1
}

function moves(clause: Clause, mention: Mention): boolean {
  const link = backTo(clause, mention.from - 1, LINK, 2)
  if (link < 0) return movesDirectly(clause, mention)
  const verb = moveVerb(clause, link)
  if (verb < 0 || subjectOf(clause, verb) === 'third' || hasMoved(clause, verb)) return false
  return movesTheCustomer(clause, verb, link, mention)
}

/** "connect agent", "pass me an agent", "put someone on". */
function movesDirectly(clause: Clause, mention: Mention): boolean {
  const before = mention.from - 1
  const verb = is(clause, before, SELF) ? before - 1 : before
  if (!is(clause, verb, MOVE) || mention.kind === 'desk' || mention.kind === 'local') return false
  if (wordAt(clause, mention.to) === 'on') return true
  if (mention.kind !== 'strong') return false
  return verb !== before || is(clause, verb - 1, SELF) || wordAt(clause, verb) === 'connect'
}

function moveVerb(clause: Clause, link: number): number {
  for (let at = link - 1; at >= Math.max(clause.start, link - 6); at -= 1) if (is(clause, at, MOVE)) return at
  return is(clause, clause.end - 1, MOVE) && clause.end - 1 > link ? clause.end - 1 : -1
}

function movesTheCustomer(clause: Clause, verb: number, link: number, mention: Mention): boolean {
  if (verb > link) return true
  const person = mention.kind === 'strong' || mention.real
  const object = objectOf(clause, verb + 1, link)
  if (object === 'other') return false
  if (THROUGH.has(wordAt(clause, verb + 1))) return true
  if (FETCHES.has(wordAt(clause, verb))) return person && object === 'self'
  if (object === 'self') return true
  if (NEVER_LEADS.has(wordAt(clause, verb))) return false
  return person || (mention.kind === 'desk' && object === 'none') || PASSIVE.has(wordAt(clause, verb - 1))
}

/** What is moved: the customer ("me"), the matter ("this issue"), nothing named, or something else ("20 euros"). */
function objectOf(clause: Clause, from: number, to: number): 'self' | 'matter' | 'none' | 'other' {
  let object: 'self' | 'matter' | 'none' = 'none'
  for (let at = from; at < to; at += 1) {
    const word = wordAt(clause, at)
    if (is(clause, at, BOT)) return 'other'
    if (is(clause, at, SELF) && word !== 'my') object = 'self'
    else if (MOVABLE.has(word)) object = object === 'none' ? 'matter' : object
    else if (object !== 'matter' && !is(clause, at, LIGHT | LINK | YOU | REACH) && !BETWEEN.has(word)) return 'other'
  }
  return object
}

function hasMoved(clause: Clause, verb: number): boolean {
  return wordAt(clause, verb).endsWith('ed') && HAS_MOVED.has(wordAt(clause, verb - 1))
}

function wants(clause: Clause, mention: Mention): boolean {
  const named = mention.kind === 'strong' || mention.real || (mention.other && mention.kind === 'person')
  const before = wordAt(clause, mention.from - 1)
  if (named && before === 'from' && helpFrom(clause, mention.from - 2)) return true
  const aPerson = wordAt(clause, mention.to - 1) === 'person' && wordAt(clause, mention.to) !== 'to'
  const onTheLine = wordAt(clause, mention.to) === 'on' && ON_THE_LINE.has(wordAt(clause, mention.to + 2))
  if (!named && !aPerson && !onTheLine) return false
  const at = before === 'for' || before === 'me' || before === 'us' ? mention.from - 2 : mention.from - 1
  const want = backTo(clause, at, WANT, mention.kind === 'strong' ? 1 : 0)
  return want >= 0 && !is(clause, want, LIGHT) && subjectOf(clause, want) !== 'third'
}

/** "help from", "a callback from". */
function helpFrom(clause: Clause, at: number): boolean {
  return is(clause, at, HELP) || CALL.has(wordAt(clause, at))
}

function isThere(clause: Clause, mention: Mention): boolean {
  if (mention.kind !== 'strong' && !mention.real) return false
  const opener = wordAt(clause, mention.from - 1)
  const have = (opener === 'have' || opener === 'got') && is(clause, mention.from - 2, YOU)
  const asked = have || opener === 'there' || wordAt(clause, clause.start) === 'any'
  return asked && (mention.to === clause.end || PRESENT.has(wordAt(clause, mention.to)))
}

function acts(clause: Clause, mention: Mention): boolean {
  const before = mention.from - 1
  if (!is(clause, before, MAY | WANT) && !ASKS_TO_ACT.has(wordAt(clause, before))) return false
  const verb = is(clause, mention.to, LIGHT | LINK) ? mention.to + 1 : mention.to
  const calls = CALL.has(wordAt(clause, verb))
  if (mention.kind === 'strong') return calls || is(clause, verb, HELP)
  if (mention.other || mention.real) return is(clause, verb, HELP)
  return fromADesk(clause, mention.to) || (calls && is(clause, verb + 1, SELF))
}

/** "from customer care", "in your support team". */
function fromADesk(clause: Clause, from: number): boolean {
  const word = wordAt(clause, from)
  return (word === 'from' || word === 'in') && anyOf(clause, from + 1, from + 4, DESK)
}

function bare(clause: Clause, mention: Mention): boolean {
  const alone = mention.to - mention.from === 1
  const person = mention.kind === 'person' && !alone && wordAt(clause, mention.to - 1) === 'person'
  if (mention.kind === 'strong' || mention.real || person) return courteousAround(clause, mention)
  const whole = mention.from === clause.start && clause.end <= mention.to + 4
  return mention.kind === 'person' && whole && fromADesk(clause, mention.to)
}

function courteousAround(clause: Clause, mention: Mention): boolean {
  for (let at = clause.start; at < clause.end; at += 1) {
    const inside = at >= mention.from && at < mention.to
    if (!inside && !is(clause, at, LIGHT) && !HANDOVER.has(wordAt(clause, at))) return false
  }
  return true
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
