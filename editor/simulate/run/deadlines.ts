/** What runs down: the deadlines of the flow and the offer to a person, the earliest first. */
import type { Simulation } from '#engine/simulate/index.ts'

export interface Deadline {
  readonly id: string
  /** Milliseconds until it comes. */
  readonly left: number
  /** How much of it has passed, 0 to 1. */
  readonly passed: number
}

/** The id under which the end of an offer stands among the deadlines. */
export const OFFER = 'offer'

export function deadlinesOf({ steps, now, snapshot }: Simulation): readonly Deadline[] {
  const { waiting } = snapshot.machine.context
  const running = snapshot.timers.map(({ id, gen, due }) => {
    const since =
      steps.find((step) => step.snapshot.timers.some((each) => each.id === id && each.gen === gen))?.now ?? now
    return deadline(id, since, due, now)
  })
  const offered = snapshot.phase === 'queued' ? waiting?.offered : undefined
  if (!offered) return sorted(running)
  const since =
    steps.find((step) => {
      const there = step.snapshot.machine.context.waiting?.offered
      return there?.agent.id === offered.agent.id && there.until === offered.until
    })?.now ?? now
  return sorted([...running, deadline(OFFER, since, offered.until, now)])
}

function deadline(id: string, since: number, due: number, now: number): Deadline {
  const whole = due - since
  return { id, left: Math.max(0, due - now), passed: whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - since) / whole)) }
}

function sorted(deadlines: readonly Deadline[]): readonly Deadline[] {
  return [...deadlines].sort((one, other) => one.left - other.left)
}
