/**
 * Tabs in step. A browser opens six connections to one server at most, so of all tabs with the same conversation one
 * alone holds the stream and sends: the one that leads, and tells the others what it hears. Laws:
 * 1. The tab that the customer looks at leads: a browser may put the others to sleep.
 * 2. A tab that goes is followed by another.
 * 3. Where the browser knows no locks (a page without https), every tab leads itself.
 * 4. Tabs that begin at once begin one after the other, and the second goes on with what the first has begun: what one
 *    has written into the browser's storage may come to the other's eyes later, so that reading it first is not enough.
 */
export interface Tabs {
  tell(said: unknown): void
  /** Takes the lead from whoever has it. */
  seize(): void
  leave(): void
}

export interface TabsParts {
  readonly onLead: () => void
  readonly onFollow: () => void
  readonly onHear: (said: unknown) => void
}

// Undefined on pages without https, whatever the type says.
const locks = (): LockManager | undefined => navigator.locks

/** Does it when no other tab does what has this name. */
export function inTurn(name: string, action: () => Promise<void>): Promise<void> {
  return locks()?.request(name, action) ?? action()
}

export function joinTabs(name: string, { onLead, onFollow, onHear }: TabsParts): Tabs {
  if (!locks() || typeof BroadcastChannel === 'undefined') {
    queueMicrotask(onLead)
    return { tell() {}, seize() {}, leave() {} }
  }
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => onHear(data)
  let queued = new AbortController()
  let [isGone, leads] = [false, false]
  let release = (): void => {}

  function request(options: LockOptions): void {
    let held = false
    locks()
      ?.request(name, options, () => {
        if (isGone) return
        held = leads = true
        onLead()
        return new Promise<void>((resolve) => {
          release = resolve
        })
      })
      .catch(() => {
        // Seized by another tab; or given up in the queue, to seize it ourselves.
        if (!held || isGone) return
        leads = false
        onFollow()
        wait()
      })
  }
  function wait(): void {
    queued = new AbortController()
    request({ signal: queued.signal })
  }

  wait()
  return {
    tell: (said) => channel.postMessage(said),
    seize() {
      if (leads) return
      queued.abort()
      request({ steal: true })
    },
    leave() {
      isGone = true
      queued.abort()
      release()
      channel.close()
    },
  }
}
