/** What the server says of the conversations that run: who would move to a draft or to a version, and who stays. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '#ui/client.ts'
import type { FlowDocument } from '../../document/document.ts'

/** Who runs now changes by itself, so that an answer is not kept for long. */
const FRESH = 5_000

export function useDraftPreview(flowId: string, draft: FlowDocument, isWanted: boolean) {
  return useQuery({
    queryKey: ['migration', flowId, 'draft', draft],
    queryFn: ({ signal }) => api.previewMigration(flowId, { flow: draft }, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted,
    staleTime: FRESH,
    gcTime: FRESH,
  })
}

export function useVersionPreview(flowId: string, version: number) {
  return useQuery({
    queryKey: ['migration', flowId, version],
    queryFn: ({ signal }) => api.previewMigration(flowId, { version }, signal),
    staleTime: 0,
    gcTime: FRESH,
  })
}
