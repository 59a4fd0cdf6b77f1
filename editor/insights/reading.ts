/** What the panel reads of the server, and how often. */
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ShownEntry } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { follow } from '#ui/feed.ts'
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

/** One conversation as it is now, and its log. */
export function useConversation(id: string) {
  return useQuery({
    queryKey: ['journey', id],
    queryFn: async () => {
      const [conversation, log] = await Promise.all([api.conversation(id), readLog(id)])
      return { conversation, ...log }
    },
    refetchInterval: ({ state }) => (state.data?.conversation.phase === 'closed' ? false : EVERY),
  })
}

async function readLog(id: string) {
  const log: ShownEntry[] = []
  let after: number | null = 0
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
