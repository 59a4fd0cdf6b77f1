import { MOVABLE, goesOn, inAnyForm, subjectOf } from './personForms.ts'
import { takenBack } from './personRefusals.ts'
import {
  ARTICLE,
  BOT,
  DESK,
  LIGHT,
  LINK,
  LOCAL,
  MAY,
  MOVE,
  NOT,
  PERSON,
  SELF,
  SOMEONE,
  TALK,
  TOLD,
  TURN,
  WANT,
  YOU,
  understand,
} from './roles.ts'
import { anyOf, is, mentionsIn, skipLight, wordAt } from './clause.ts'
import type { Clause } from './clause.ts'
import type { Tokens } from './tokens.ts'

/**
 * Whether a message asks for a person. It reads the form of each clause (who wants what with whom), not a list of
 * sentences: `personForms.ts` holds what asks, `personRefusals.ts` what takes it back.
 */
export function requestsPerson(tokens: Tokens): boolean {
  const { words, roles } = understand(tokens.words)
  let all = 0
  for (const role of roles) all |= role
  if ((all & SPEAKS_OF_IT) === 0) return false
  let start = 0
  for (const end of tokens.clauseEnds) {
    for (let at = start; at <= end; at += 1) {
      if (at < end && ((roles[at] ?? 0) & TURN) === 0) continue
      if (at > start && clauseAsks({ words, roles, start, end: at })) return true
      start = at + 1
    }
    start = end
  }
  return false
}

const SPEAKS_OF_IT = PERSON | SOMEONE | DESK | LOCAL | BOT | MOVE | TALK
const TIRED = new Set('tired sick done enough fed'.split(' '))
const THROUGH = new Set('through thru over'.split(' '))
const MOVES_ALONE = new Set('transfer connect'.split(' '))
const TO_WHOM = new Set('to with wih wth wiht wit con com avec'.split(' '))
/** Who is spoken to when no person is asked for: the bot itself, friends, a language, a topic. */
const NOT_STAFF = new Set(
  (
    'you u ya it this that these those them him her me everyone others other friends friend ' +
    'people users user customers my ourselves myself each about alexa siri google chatgpt gpt world te ti voce toi ' +
    'vous usted human hr an in english spanish french german do have say which what whom'
  ).split(' '),
)

function clauseAsks(clause: Clause): boolean {
  if (buildsBot(clause)) return false
  const mentions = mentionsIn(clause)
  for (const mention of mentions) {
    if (reports(clause, mention.from, mention.to)) return false
    if (inAnyForm(clause, mention) && !takenBack(clause, mention.from, mention.to)) return true
  }
  return putsThrough(clause) || leavesBot(clause) || (mentions.length === 0 && asksByName(clause))
}

/** "how do I connect my bot to an agent": somebody who makes bots asks how. */
function buildsBot(clause: Clause): boolean {
  for (let at = clause.start; at < clause.end; at += 1) {
    const own = wordAt(clause, at) === 'my' || wordAt(clause, at) === 'our'
    if (own && is(clause, at + 1, BOT)) return true
  }
  return false
}

/** "the agent told me ...": what follows is somebody else's wish. */
function reports(clause: Clause, from: number, to: number): boolean {
  return is(clause, from, ARTICLE | SELF) && is(clause, to, TOLD) && from === skipLight(clause, clause.start)
}

/** "put me through", "transfer me": the customer moves, whereto is plain. */
function putsThrough(clause: Clause): boolean {
  for (let at = clause.start; at < clause.end; at += 1) {
    if (wordAt(clause, at) === 'escalate' && escalates(clause, at)) return true
    if (!is(clause, at, MOVE) || !is(clause, at + 1, SELF) || wordAt(clause, at + 1) === 'my') continue
    const through = THROUGH.has(wordAt(clause, at + 2)) && !anyOf(clause, at + 3, at + 6, BOT)
    const alone = MOVES_ALONE.has(wordAt(clause, at)) && skipLight(clause, at + 2) === clause.end
    if ((through || alone) && !takenBack(clause, at, at + 2)) return true
  }
  return false
}

/** "escalate", "please escalate this case". */
function escalates(clause: Clause, at: number): boolean {
  for (let next = at + 1; next < clause.end; next += 1) {
    if (!is(clause, next, LIGHT | SELF) && !MOVABLE.has(wordAt(clause, next))) return false
  }
  return subjectOf(clause, at) !== 'third' && !takenBack(clause, at, at + 1)
}

/** "stop talking to bots", "I don't want to talk to a machine". */
function leavesBot(clause: Clause): boolean {
  for (let at = clause.start; at < clause.end; at += 1) {
    if (!is(clause, at, BOT)) continue
    let link = at - 1
    while (is(clause, link, ARTICLE | LIGHT) && !TO_WHOM.has(wordAt(clause, link))) link -= 1
    if (!is(clause, link, LINK) || !is(clause, link - 1, TALK)) continue
    for (let before = link - 2; before >= clause.start; before -= 1) {
      if (is(clause, before, NOT) || TIRED.has(wordAt(clause, before))) return !is(clause, before - 1, NOT)
    }
  }
  return false
}

/** "I want to speak to the restaurant", "could I talk to Tyrone": whoever it is, it is not the bot. */
function asksByName(clause: Clause): boolean {
  for (let at = clause.start + 1; at < clause.end - 2; at += 1) {
    if (!is(clause, at, TALK) || wordAt(clause, at).endsWith('ing') || !TO_WHOM.has(wordAt(clause, at + 1))) continue
    let object = at + 2
    while (is(clause, object, ARTICLE) && object < clause.end - 1) object += 1
    if (NOT_STAFF.has(wordAt(clause, object)) || is(clause, object, BOT | YOU | SELF)) continue
    if (subjectOf(clause, at) !== 'self' || goesOn(clause, at) || !anyOf(clause, at - 5, at, MAY | WANT)) continue
    if (!takenBack(clause, at, object + 1)) return true
  }
  return false
}
