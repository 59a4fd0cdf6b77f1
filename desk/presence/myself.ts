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

/** Says whether an agent is there; shown at once, and taken back when the server refuses. */
export async function setPresence(agent: string, presence: AgentView['presence']): Promise<void> {
  const before = live.state().desk.agents
  show(before.map((each) => (each.id === agent ? { ...each, presence } : each)))
  try {
    const now = await api.setPresence(agent, presence)
    show(live.state().desk.agents.map((each) => (each.id === agent ? now : each)))
  } catch (error) {
    show(before)
    say({ tone: 'warning', title: words.presence.failed, text: error instanceof Error ? error.message : '' })
  }
}

function show(agents: readonly AgentView[]): void {
  live.hear([{ type: 'agents', agents }])
}
