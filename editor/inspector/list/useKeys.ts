import { useRef } from 'react'

/**
 * Keys for the rows of a list that have none of their own, so that a row keeps its focus and its state when it moves.
 * A list that grew or shrank by itself (undo, another window) keeps the keys of its first rows.
 */
export function useKeys(length: number) {
  const state = useRef({ next: 0, keys: [] as readonly number[] })
  const fit = (): readonly number[] => {
    const { keys } = state.current
    if (keys.length > length) state.current.keys = keys.slice(0, length)
    else if (keys.length < length) {
      const fresh = Array.from({ length: length - keys.length }, (_, index) => state.current.next + index)
      state.current = { next: state.current.next + fresh.length, keys: [...keys, ...fresh] }
    }
    return state.current.keys
  }
  fit()
  return {
    at: (index: number): number => state.current.keys[index] ?? index,
    move: (from: number, to: number): void => {
      const { keys } = state.current
      const key = keys[from]
      const place = Math.min(Math.max(to, 0), keys.length - 1)
      if (key !== undefined) state.current.keys = keys.toSpliced(from, 1).toSpliced(place, 0, key)
    },
    remove: (index: number): void => {
      state.current.keys = state.current.keys.toSpliced(index, 1)
    },
  }
}
