import { useEffect, useRef } from 'react'
import { view } from '../canvas/view.ts'

/** Brings steps into view, all of them, once: when their way is first shown. */
export function useFitted(steps: () => Iterable<string>): void {
  const first = useRef(steps)
  useEffect(() => view.fitCards(first.current()), [])
}
