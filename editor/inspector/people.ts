/** Teams, skills and schedules as the server has them: suggestions only. Without an answer there are none. */
import { useQuery } from '@tanstack/react-query'
import { api } from '#ui/client.ts'
import { queries } from '../shell/queries.ts'

const RARELY_CHANGES = { staleTime: 60_000, retry: false } as const

export function useTeams() {
  return useQuery({ queryKey: ['teams'], queryFn: api.teams, ...RARELY_CHANGES }, queries).data ?? []
}

export function useSkills(): readonly string[] {
  const { data = [] } = useQuery({ queryKey: ['agents'], queryFn: api.agents, ...RARELY_CHANGES }, queries)
  return [...new Set(data.flatMap((agent) => Object.keys(agent.skills)))].toSorted()
}

export function useSchedules() {
  return useQuery({ queryKey: ['schedules'], queryFn: api.schedules, ...RARELY_CHANGES }, queries).data ?? []
}
