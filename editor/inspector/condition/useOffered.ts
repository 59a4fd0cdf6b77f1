/**
 * What may be filled in and what may come next. It is fetched when somebody opens a brace or goes to the list of names:
 * a form is there to be typed in before.
 */
import { useCallback, useState } from 'react'

type Offered = typeof import('./offered.ts')

let fetched: Offered | undefined

/** What is offered, as soon as it is here, and what asks for it. */
export function useOffered(): readonly [offered: Offered | undefined, want: () => void] {
  const [offered, setOffered] = useState(fetched)
  const want = useCallback(() => {
    const keep = (module: Offered): void => {
      fetched = module
      setOffered(module)
    }
    if (fetched) keep(fetched)
    // Without an answer nothing is offered; the next brace asks again.
    else void import('./offered.ts').then(keep, () => undefined)
  }, [])
  return [offered, want]
}
