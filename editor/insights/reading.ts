/** What the panel reads of the server, and how often. */
import { skipToken, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { ConversationView, ShownEntry } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { follow } from '#ui/feed.ts'
import type { FlowDocument } from '../document/document.ts'
import { versionQuery } from '../versions/reading.ts'
import { pastOf, versionsOf, type Past } from './past.ts'
import { readStanding } from './standing.ts'

const EVERY = 10_000
/** News of the desk come in bursts; the figures are read again this long after the first of one. */
const GATHER = 1_500
const LOG_PAGE = 1_000
/** Of a log, read at most. */
export const MOST_ENTRIES = 5_000

/** Where the open conversations of a flow stand: every ten seconds, and soon after something happened at the desk. */
export function useStanding(flowId: string | null) {
  useDeskNews(flowId)
  return useQuery({
    queryKey: ['standing', flowId],
    queryFn: flowId === null ? skipToken : () => readStanding(api.conversations, flowId),
    refetchInterval: EVERY,
  })
}

interface Read {
  readonly conversation: ConversationView
  readonly log: readonly ShownEntry[]
  /** There are more than `MOST_ENTRIES`. */
  readonly isCut: boolean
}

/** One conversation as it is now, and its log; of a log that grows only what is new is read again. */
export function useConversation(id: string) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['journey', id],
    queryFn: async (): Promise<Read> => {
      const known = queries.getQueryData<Read>(['journey', id])
      const [conversation, log] = await Promise.all([api.conversation(id), readLog(id, known?.log ?? [])])
      return { conversation, ...log }
    },
    refetchInterval: ({ state }) => (state.data?.conversation.phase === 'closed' ? false : EVERY),
  })
}

/** Its past, replayed as soon as the versions that it ran on are here; only what is new of it is replayed again. */
export function usePast({ conversation: { flow }, log }: Read): Past | undefined {
  const named = useMemo(() => [...new Set(versionsOf(log, flow.version))], [log, flow.version])
  const read = useQueries({ queries: named.map((version) => versionQuery(flow.id, version)) })
  const documents = read.map(({ data }) => data)
  const known = useRef<Past>(undefined)
  const isRead = read.every(({ isPending }) => !isPending)
  return useMemo(() => {
    if (!isRead) return undefined
    const versions = new Map(
      named.flatMap((version, index): [number, FlowDocument][] => {
        const document = documents[index]
        return document ? [[version, document]] : []
      }),
    )
    known.current = pastOf(log, versions, flow.version, known.current)
    return known.current
    // A version's document never changes once it is read.
  }, [isRead, named, log, flow.version])
}

async function readLog(id: string, known: readonly ShownEntry[]): Promise<Pick<Read, 'log' | 'isCut'>> {
  const log: ShownEntry[] = [...known]
  let after: number | null = known.at(-1)?.seq ?? 0
  while (after !== null && log.length < MOST_ENTRIES) {
    const page: Awaited<ReturnType<typeof api.log>> = await api.log(id, { after, limit: LOG_PAGE })
    log.push(...page.items)
    after = page.next === null ? null : Number(page.next)
  }
  return { log, isCut: after !== null }
}

/** A key that may not follow the desk is refused once, and the ten seconds have to do. */
function useDeskNews(flowId: string | null): void {
  const queries = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isReady = false
    const feed = follow(api.connection, '/v1/desk/stream', ({ event }) => {
      // What comes before is how things stood already.
      if (event === 'ready') isReady = true
      if (!isReady || (event !== 'conversation' && event !== 'gone') || timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        void queries.invalidateQueries({ queryKey: ['standing', flowId] })
      }, GATHER)
    })
    return () => {
      feed.close()
      clearTimeout(timer)
    }
  }, [queries, flowId])
}
