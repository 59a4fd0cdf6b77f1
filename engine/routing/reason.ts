/** The words of a decision, in the language of the audit (English): why this agent, why not that one. */
import type { Rostered } from './roster.ts'
import type { Preferred, Skip, Skipped, WaitingConversation } from './match.ts'
import { levelOf, type Asked, type Lack } from './needs.ts'

/** How many of those who were skipped a sentence names. */
const NAMED = 3

/** `Sarah: Spanish 4, 1 of 3 chats, idle 2 min; Tom skipped: declined`. */
export function reasonFor(
  conversation: WaitingConversation,
  asked: Asked,
  taker: Rostered,
  skipped: readonly Skipped[],
  now: number,
): string {
  const { id, name } = taker.agent
  const before = conversation.skip.find((each) => each.agent === id)
  const parts = [
    ...(conversation.preferred?.agent === id ? [PREFERRED[conversation.preferred.why]] : []),
    ...strengthsOf(conversation, asked, taker),
    ...standingOf(conversation, taker, now),
    ...droppedOf(conversation),
    ...(before === undefined ? [] : [`asked again (${SKIPPED[before.why]} before)`]),
  ]
  const others = skipped.slice(0, NAMED).map(({ agent, why }) => `; ${agent.name} skipped: ${why}`)
  return `${name}: ${parts.join(', ')}${others.join('')}`
}

/** What of the needs and wishes of this conversation the agent brings: `Spanish 4`, `speaks German`. */
export function strengthsOf(conversation: WaitingConversation, asked: Asked, { agent }: Rostered): readonly string[] {
  const wished = Object.keys(conversation.prefer).filter((skill) => levelOf(agent, skill) > 0)
  const skills = new Set([...asked.skills.map(([skill]) => skill), ...wished])
  return [
    ...[...skills].map((skill) => `${inWords(skill)} ${levelOf(agent, skill)}`),
    ...(asked.language === null ? [] : [`speaks ${languageName(asked.language)}`]),
    ...(asked.tier === null ? [] : [`serves ${inWords(asked.tier)}`]),
    ...overflowOf(asked, agent.teams),
  ]
}

/** `1 of 3 chats, idle 2 min`. */
export function standingOf({ channel }: WaitingConversation, taker: Rostered, now: number): readonly string[] {
  const { agent, load, held, idleSince } = taker
  const counted = load === held ? (channel === 'web' ? 'chats' : 'conversations') : 'taken'
  const idle = idleSince > 0 ? duration(now - idleSince) : null
  return [`${figure(load)} of ${figure(agent.capacity)} ${counted}`, ...(idle === null ? [] : [`idle ${idle}`])]
}

/** `full, 3 of 3`. */
export function fullness({ weight }: WaitingConversation, { agent, load }: Rostered): string {
  const taken = `${figure(load)} of ${figure(agent.capacity)}`
  if (weight > agent.capacity) return `too small for it, needs ${figure(weight)} of ${figure(agent.capacity)}`
  return load >= agent.capacity ? `full, ${taken}` : `too little room, ${taken} taken and ${figure(weight)} needed`
}

export function lacksInWords(lacks: readonly Lack[]): string {
  return lacks.map(lackInWords).join(', ')
}

export const PREFERRED: Readonly<Record<Preferred['why'], string>> = {
  asked: 'asked for by name',
  lastTime: 'helped them last time',
}

export const SKIPPED: Readonly<Record<Skip['why'], string>> = {
  declined: 'declined',
  missed: 'missed it',
  lost: 'was gone',
}

/** Whole units, rounded down: `40 s`, `2 min`, `3 h`, `2 days`; null for less than a second. */
export function duration(ms: number): string | null {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return null
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}

function lackInWords(lack: Lack): string {
  switch (lack.need) {
    case 'team':
      return `not in team ${lack.team}`
    case 'skill': {
      const has = lack.has > 0 ? ` (has ${figure(lack.has)})` : ''
      return `lacks ${inWords(lack.skill)} ${figure(lack.level)}${has}`
    }
    case 'language':
      return `does not speak ${languageName(lack.name)}`
    case 'tier':
      return `does not serve ${inWords(lack.name)}`
    case 'channel':
      return `does not take ${lack.name}`
    default:
      return lack satisfies never
  }
}

/** The team by which an agent is there who is not of the conversation's own. */
function overflowOf({ teams: [own = '', ...others] }: Asked, teams: readonly string[]): readonly string[] {
  const team = teams.includes(own) ? undefined : others.find((each) => teams.includes(each))
  return team === undefined ? [] : [`from team ${team}`]
}

/** `Refunds and language no longer asked for`; only what was asked for once. */
function droppedOf({ dropped, skills, language, tier }: WaitingConversation): readonly string[] {
  const needs = [
    ...dropped.filter((need) => Object.hasOwn(skills, need)).map(inWords),
    ...(language !== null && dropped.includes('language') ? ['language'] : []),
    ...(tier !== null && dropped.includes('tier') ? ['tier'] : []),
  ]
  return needs.length === 0 ? [] : [`${listed(needs)} no longer asked for`]
}

/** An id as a person writes it: `creditCards` and `credit_cards` are “Credit cards”, `VIP` stays. */
function inWords(id: string): string {
  // Most are plain words; to look for seams in them costs more than all the rest of a sentence.
  const spaced = /^[a-z]*$/.test(id) ? id : atSeams(id)
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1)
}

function atSeams(id: string): string {
  return id.replace(/[_\s-]+/g, ' ').replace(/(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu, (start) => ` ${start.toLowerCase()}`)
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
/** A look-up takes as long as all the rest of a match. Only true names are kept, so it does not grow without end. */
const languageNames = new Map<string, string>()

function languageName(tag: string): string {
  const known = languageNames.get(tag)
  if (known !== undefined) return known
  const name = /^[a-z]{2,3}$/.test(tag) ? languages.of(tag) : undefined
  // A tag that is none is somebody's own word for a language.
  if (name === undefined) return inWords(tag)
  languageNames.set(tag, name)
  return name
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function figure(number: number): string {
  return String(Math.round(number * 100) / 100)
}
