/** What is looked for in the list, and the list as it stands. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { now, useClock } from '../clock/clock.ts'
import { live, useLive } from '../live/store.ts'
import { me, useMe } from '../session/me.ts'
import { inOrder, noFilter, sectionsOf, type Filter, type Sections } from './sections.ts'

const store = createStore<Filter>(() => noFilter)

export const filter = {
  state: store.getState,
  set: (to: Partial<Filter>): void => store.setState(to),
}

export function useFilter(): Filter {
  return useStore(store)
}

/** Promises come to be at risk by time alone: the list is sorted out anew twice a minute, not each second. */
const SORT_EVERY = 30_000
const halfMinutes = (time: number): number => Math.floor(time / SORT_EVERY)

export function useSections(): Sections {
  const conversations = useLive(({ desk }) => desk.conversations)
  const person = useMe()
  const wanted = useFilter()
  const half = useClock(halfMinutes)
  return useMemo(
    () => sectionsOf(conversations.values(), person, wanted, half * SORT_EVERY),
    [conversations, person, wanted, half],
  )
}

/** The conversation after (1) or before (-1) this one in the list as it is seen; the first when there is none. */
export function neighbour(id: string | null, by: 1 | -1): string | null {
  const person = me()
  if (person === null) return null
  const list = inOrder(sectionsOf(live.state().desk.conversations.values(), person, filter.state(), now()))
  const at = list.findIndex((each) => each.id === id)
  const next = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))
  return list[next]?.id ?? null
}
