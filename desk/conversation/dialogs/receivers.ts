/** To whom a conversation can go: teams first, then people, those who have room now before those who have not. */
import type { AgentView, QueueView, TeamView } from '#ui/answers.ts'
import { words } from '../../words/en.ts'

export interface Receiver {
  readonly key: string
  readonly kind: 'team' | 'agent'
  readonly id: string
  readonly name: string
  readonly presence: AgentView['presence'] | null
  /** Who is there and how much they hold. */
  readonly line: string
  /** Why the customer would wait. */
  readonly warning: 'away' | 'full' | null
}

const text = words.conversation.transfer

export function receiversOf(
  agents: readonly AgentView[],
  teams: readonly TeamView[],
  queues: readonly QueueView[],
  holder: string | null,
): readonly Receiver[] {
  const people = agents.filter(({ id }) => id !== holder).map(personOf)
  people.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
  return [
    ...teams.map((team) =>
      teamOf(
        team,
        queues.find((each) => each.team === team.id),
      ),
    ),
    ...people,
  ]
}

function teamOf({ id, name }: TeamView, queue: QueueView | undefined): Receiver {
  const online = queue?.agents.online ?? 0
  const line = text.teamLine(online, queue?.waiting ?? 0)
  return { key: `team ${id}`, kind: 'team', id, name, presence: null, line, warning: online === 0 ? 'away' : null }
}

function personOf({ id, name, presence, load, capacity }: AgentView): Receiver {
  const line = text.personLine(words.presence[presence], load, capacity)
  const warning = presence !== 'online' ? 'away' : load >= capacity ? 'full' : null
  return { key: `agent ${id}`, kind: 'agent', id, name, presence, line, warning }
}

function rank({ warning, presence }: Receiver): number {
  if (warning === null) return 0
  return warning === 'full' ? 1 : presence === 'away' ? 2 : 3
}
