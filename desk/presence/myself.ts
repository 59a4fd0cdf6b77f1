/** The agent that this desk answers as, as the server sees them. */
import type { AgentView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { live, useLive } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'

export function useMyself(): AgentView | null {
  const { agent } = useMe()
  return useLive(({ desk }) => desk.agents.find(({ id }) => id === agent) ?? null)
}

/**
 * Says whether an agent is there; shown at once, and taken back when the server refuses: of this agent alone, for much
 * may have been told of the others meanwhile.
 */
export async function setPresence(agent: string, presence: AgentView['presence']): Promise<void> {
  const before = live.state().desk.agents.find(({ id }) => id === agent)
  if (before === undefined) return
  show(agent, (now) => ({ ...now, presence }))
  try {
    const set = await api.setPresence(agent, presence)
    show(agent, () => set)
  } catch (error) {
    show(agent, (now) => (now.presence === presence ? { ...now, presence: before.presence } : now))
    say({ tone: 'warning', title: words.presence.failed, text: error instanceof Error ? error.message : '' })
  }
}

function show(agent: string, as: (now: AgentView) => AgentView): void {
  const agents = live.state().desk.agents.map((each) => (each.id === agent ? as(each) : each))
  live.hear([{ type: 'agents', agents }])
}
