/**
 * What was promised, read page by page and again as soon as the desk hears of anything, at most once in two seconds;
 * twice a minute in any case, since a promise may change without a conversation that is on the desk.
 */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Page, PromiseQuery } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { live } from '../live/store.ts'

const PROMISES = 'promises'
const AT_ONCE = 50
const ANYWAY = 30_000
const SOON = 2_000

export interface Read<Item> {
  /** Undefined until they were read once. */
  readonly items: readonly Item[] | undefined
  readonly failed: boolean
  readonly hasMore: boolean
  readonly isReading: boolean
  more(): void
  again(): void
}

export function useTickets(state: string | undefined, team: string | undefined) {
  return useRead('tickets', [state, team], (cursor) => api.tickets(queryOf({ state, team, cursor })))
}

export function useCallbacks(team: string | undefined) {
  return useRead('callbacks', [team], (cursor) => api.callbacks(queryOf({ team, cursor })))
}

/** Reads all of it again; resolves when that is done. */
export function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: [PROMISES] })
}

/** Follows the desk for as long as the page is open. */
export function useFollowing(): void {
  const queries = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = (): void => {
      timer = undefined
      void queries.invalidateQueries({ queryKey: [PROMISES] })
    }
    const unfollow = live.subscribe(({ desk, line }, before) => {
      const isNews = desk !== before.desk || (line === 'open' && before.line !== 'open')
      if (isNews) timer ??= setTimeout(read, SOON)
    })
    return () => {
      unfollow()
      clearTimeout(timer)
    }
  }, [queries])
}

function useRead<Item>(
  what: string,
  by: readonly (string | undefined)[],
  read: (cursor: string | undefined) => Promise<Page<Item>>,
): Read<Item> {
  const { data, isError, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [PROMISES, what, ...by],
    queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) => read(pageParam),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ANYWAY,
    refetchOnMount: 'always',
  })
  return {
    items: data?.pages.flatMap(({ items }) => items),
    failed: isError,
    hasMore: hasNextPage,
    isReading: isFetching,
    more: () => void fetchNextPage(),
    again: () => void refetch(),
  }
}

interface Asked {
  readonly state?: string | undefined
  readonly team: string | undefined
  readonly cursor: string | undefined
}

/** What is asked for, without what is not. */
function queryOf({ state, team, cursor }: Asked): PromiseQuery {
  return {
    limit: AT_ONCE,
    ...(state === undefined ? {} : { state }),
    ...(team === undefined ? {} : { team }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}
