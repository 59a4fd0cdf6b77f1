/**
 * The list: who is offered to me, who is mine, who waits for my teams, and for those who lead who is with others. Laws:
 * 1. Every conversation of the desk that fits is in exactly one section; what is offered to me always: it rings.
 * 2. Offers are in the order they run out; those who wait in the queue's order (priority, then who waits longer); the
 *    others with an answer owed first, the longest owed on top.
 */
import type { DeskConversation } from '#ui/answers.ts'
import { slaNow } from '../clock/sla.ts'
import { standingOf } from '../conversation/standing.ts'
import type { Me } from '../session/me.ts'
import { fits } from '#ui/kit/search.ts'

export const sectionNames = ['offered', 'mine', 'waiting', 'theirs'] as const
export type SectionName = (typeof sectionNames)[number]
export type Sections = Readonly<Record<SectionName, readonly DeskConversation[]>>

export interface Filter {
  readonly query: string
  readonly owed: boolean
  readonly risk: boolean
  readonly team: string | null
}

export const noFilter: Filter = { query: '', owed: false, risk: false, team: null }

/** `now` in epoch ms: a promise comes to be at risk by time alone. */
export function sectionsOf(
  conversations: Iterable<DeskConversation>,
  me: Pick<Me, 'agent'>,
  filter: Filter,
  now: number,
): Sections {
  const sections: Record<SectionName, DeskConversation[]> = { offered: [], mine: [], waiting: [], theirs: [] }
  for (const each of conversations) {
    const standing = standingOf(each, me)
    if (standing === 'offered') sections.offered.push(each)
    else if (standing !== 'bot' && standing !== 'closed' && passes(each, filter, now)) sections[standing].push(each)
  }
  sections.offered.sort(byUntil)
  sections.mine.sort(byOwed)
  sections.waiting.sort(byPlace)
  sections.theirs.sort(byOwed)
  return sections
}

/** The conversations in the order they are seen, for going through them by key. */
export function inOrder(sections: Sections): readonly DeskConversation[] {
  return sectionNames.flatMap((name) => sections[name])
}

export function isFiltered({ owed, risk, team }: Filter): boolean {
  return owed || risk || team !== null
}

function passes(each: DeskConversation, { query, owed, risk, team }: Filter, now: number): boolean {
  const { about, queue } = each
  if (owed && !about.answerOwed) return false
  if (team !== null && queue?.team !== team) return false
  if (risk && (slaNow(about, now)?.state ?? 'ok') === 'ok') return false
  const { name, email, id } = about.customer
  return fits(
    query,
    name ?? '',
    email ?? '',
    id ?? '',
    about.summary,
    about.reason ?? '',
    about.last?.text ?? '',
    queue?.team ?? '',
    each.id,
  )
}

/** Of offers, which one is answered by a key: the one that is open, else the one that runs out first. */
export function answeredByKey(offers: readonly DeskConversation[], opened: string | null): DeskConversation | null {
  return offers.find(({ id }) => id === opened) ?? offers.toSorted(byUntil)[0] ?? null
}

/** Offers in the order they run out. */
export function byUntil(one: DeskConversation, other: DeskConversation): number {
  return until(one) - until(other) || byId(one, other)
}

function until({ queue, about }: DeskConversation): number {
  return Date.parse(queue?.offeredUntil ?? about.offer?.until ?? '') || 0
}

function byPlace(one: DeskConversation, other: DeskConversation): number {
  const [first, second] = [one.queue, other.queue]
  return (second?.priority ?? 0) - (first?.priority ?? 0) || waits(one) - waits(other) || byId(one, other)
}

function waits({ queue, about }: DeskConversation): number {
  return Date.parse(queue?.waitingSince ?? about.waitingSince ?? about.startedAt)
}

function byOwed(one: DeskConversation, other: DeskConversation): number {
  const [first, second] = [one.about, other.about]
  if (first.answerOwed !== second.answerOwed) return first.answerOwed ? -1 : 1
  const [earlier, later] = [
    Date.parse(first.last?.at ?? first.startedAt),
    Date.parse(second.last?.at ?? second.startedAt),
  ]
  return (first.answerOwed ? earlier - later : later - earlier) || byId(one, other)
}

function byId(one: DeskConversation, other: DeskConversation): number {
  return one.id < other.id ? -1 : Number(one.id > other.id)
}
