/**
 * What becomes of a conversation that was passed on: whoever did so is told when it is declined, missed and taken, also
 * when it is no longer among those they see. Watched until it is taken or over, a quarter of an hour at most.
 */
import type { ShownEntry } from '#ui/answers.ts'
import { live } from '../live/store.ts'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'

const LONGEST = 900_000
const watched = new Map<string, () => void>()

/** Watches a conversation that was passed on at this entry of its log; `who` is the customer's name. */
export function watchPassedOn(conversation: string, since: number, who: string): void {
  watched.get(conversation)?.()
  let told = since
  const closeLine = live.open(conversation)
  const stop = (): void => {
    watched.delete(conversation)
    clearTimeout(timer)
    unwatch()
    closeLine()
  }
  const unwatch = live.subscribe(({ open }) => {
    const thread = open.get(conversation)?.thread
    if (thread === undefined || thread.last <= told) return
    const fresh = thread.entries.slice(told)
    told = thread.last
    for (const entry of fresh) if (tell(entry, who) === 'over') return stop()
  })
  const timer = setTimeout(stop, LONGEST)
  watched.set(conversation, stop)
}

/** Nobody works here any more. */
export function forgetPassedOn(): void {
  for (const stop of watched.values()) stop()
}

function tell(entry: ShownEntry, who: string): 'over' | 'goes on' {
  if (entry.kind === 'moved' && entry.to.startsWith('closed')) return 'over'
  if (entry.kind !== 'event') return 'goes on'
  const { event } = entry
  const text = words.conversation.transfer
  const nameOf = (id: string | undefined): string =>
    live.state().desk.agents.find((each) => each.id === id)?.name ?? id ?? words.conversation.staff
  switch (event.type) {
    case 'agent.decline':
      say({ tone: 'warning', text: text.declined(nameOf(event.by ?? event.agent), who) })
      return 'goes on'
    case 'offer.ended':
      say({ tone: 'warning', text: text[event.why](nameOf(event.agent), who) })
      return 'goes on'
    case 'agent.accept':
      say({ tone: 'good', text: text.accepted(nameOf(event.agent), who) })
      return 'over'
    default:
      return 'goes on'
  }
}
