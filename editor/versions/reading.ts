/** What the server knows of a flow's versions, and what it says when it does not answer. */
import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { readDocument } from '../document/document.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'

/** The published versions, the latest first. */
export function useVersions(flowId: string | null) {
  return useQuery({
    queryKey: ['versions', flowId],
    queryFn:
      flowId === null
        ? skipToken
        : async () => [...(await api.versions(flowId))].sort((one, other) => other.version - one.version),
  })
}

/** The document of a published version, which never changes; null when it cannot be read as a flow. */
export function useVersion(flowId: string | null, version: number | null) {
  const known = flowId !== null && version !== null
  return useQuery({ ...versionQuery(flowId ?? '', version ?? 0), enabled: known })
}

export function versionQuery(flowId: string, version: number) {
  return queryOptions({
    queryKey: ['version', flowId, version],
    queryFn: async () => readDocument(await api.version(flowId, version)) ?? null,
    staleTime: Infinity,
  })
}

/** To be called when another version became the live one. */
export function useWentLive(flowId: string | null): (version: number) => void {
  const queries = useQueryClient()
  return useCallback(
    (version) => {
      if (editor.state().flowId === flowId) editor.report({ published: version })
      void queries.invalidateQueries({ queryKey: ['versions', flowId] })
      void queries.invalidateQueries({ queryKey: ['flows'] })
    },
    [queries, flowId],
  )
}

/** What went wrong, and what can be done about it, in a sentence or more. */
export function causeOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) throw error
  if (error.status === 0) return words.versions.unreachable
  return [error.detail || error.title, ...error.errors.map(({ message }) => message)].join(' ')
}
