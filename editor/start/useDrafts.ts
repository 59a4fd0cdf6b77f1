import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { FlowSummary } from '#ui/answers.ts'
import { readDocument, type FlowDocument } from '../document/document.ts'
import { readDraft } from './server.ts'

export interface Drafts {
  /** What is drawn, as soon as it is here. */
  of(id: string): FlowDocument | undefined
  /** Its card came near: its draft is wanted. */
  want(id: string): void
}

/** The drafts behind the cards: each is fetched when its card comes into view, all of them when a search wants them. */
export function useDrafts(flows: readonly FlowSummary[], all: boolean): Drafts {
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set())
  const read = useQueries({
    queries: flows.map(({ id, etag, broken }) => ({
      queryKey: ['flow', 'drawn', id, etag],
      queryFn: async () => readDocument(await readDraft(id)) ?? null,
      // The etag names the content.
      staleTime: Infinity,
      enabled: broken === undefined && (all || wanted.has(id)),
    })),
    combine: (results) => results.map((result) => result.data ?? undefined),
  })
  const want = useCallback((id: string) => setWanted((now) => (now.has(id) ? now : new Set([...now, id]))), [])
  return useMemo(() => {
    const byId = new Map(flows.map((flow, index) => [flow.id, read[index]]))
    return { of: (id) => byId.get(id), want }
  }, [flows, read, want])
}
