/**
 * A stream that is followed for as long as somebody wants it, and begun anew at once when the device wakes, its
 * network comes back, or the person has signed in again: a broken line may otherwise go unnoticed, and the wait for the
 * next try may be long. States:
 * connecting -> open -> waiting -> connecting ..., or refused, which ends it for this key. What comes within a moment is handed on
 * together, so that a long log is drawn once.
 */
import { follow, type Feed, type FeedEvent } from '#ui/feed.ts'
import type { ApiProblem, Connection } from '#ui/request.ts'
import { session } from '#ui/session.ts'
import { watchWaking } from './waking.ts'

export type LineState = 'connecting' | 'open' | 'waiting' | 'refused'

export interface Line {
  close(): void
}

export interface LineOptions {
  readonly connection: Connection
  /** Asked at each new beginning: where to read on. */
  readonly path: () => string
  readonly onEvents: (events: readonly FeedEvent[]) => void
  /** `refusal`: why, of a line that is refused. */
  readonly onState: (state: LineState, refusal?: ApiProblem) => void
}

/** Events are gathered this long: shorter than people notice, longer than a burst's parts lie apart. */
const GATHER = 30
/** Those at desks are few, and customers wait for them: a server that is back is found soon. In milliseconds. */
const LONGEST = 5_000

export function openLine({ connection, path, onEvents, onState }: LineOptions): Line {
  let feed: Feed | undefined
  let gathered: FeedEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const hand = (): void => {
    timer = undefined
    const events = gathered
    gathered = []
    if (events.length > 0) onEvents(events)
  }
  const begin = (): void => {
    feed?.close()
    hand()
    onState('connecting')
    feed = follow(
      connection,
      path(),
      (event) => {
        gathered.push(event)
        timer ??= setTimeout(hand, GATHER)
      },
      (state, refusal) => {
        hand()
        onState(state, refusal)
      },
      LONGEST,
    )
  }
  const lost = (): void => onState('waiting')
  const stop = watchWaking(begin)
  const unwatch = session.onRenewed(begin)
  window.addEventListener('online', begin)
  window.addEventListener('offline', lost)
  begin()
  return {
    close() {
      feed?.close()
      clearTimeout(timer)
      stop()
      unwatch()
      window.removeEventListener('online', begin)
      window.removeEventListener('offline', lost)
    },
  }
}
