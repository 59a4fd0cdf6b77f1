import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { administration } from '../client.ts'
import { nameOf } from '../keys/KeyRow.tsx'

/** What people and keys are called now, by their ids: the log keeps ids. */
export function useNames(): ReadonlyMap<string, string> {
  const { data: people } = useQuery({ queryKey: ['people'], queryFn: administration.people, staleTime: 30_000 })
  const { data: keys } = useQuery({ queryKey: ['keys'], queryFn: administration.keys, staleTime: 30_000 })
  return useMemo(
    () =>
      new Map([
        ...(keys ?? []).map((key) => [key.id, nameOf(key)] as const),
        ...(people ?? []).map(({ id, name }) => [id, name] as const),
      ]),
    [people, keys],
  )
}
