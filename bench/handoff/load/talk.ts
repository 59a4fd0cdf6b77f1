import type { Held } from './orders.ts'
import type { Speaker } from './speaker.ts'

export interface Talk {
  /** How much was said. @throws Error when something was refused. */
  end(): Promise<number>
}

/**
 * Somebody says something so many times a second, whether the server has answered before or not. The conversations come
 * one after the other: in none of them is a customer left without an answer for so long that the flow minds.
 */
export function startTalk(speaker: Speaker, held: readonly Held[], perSecond: number): Talk {
  const under = new Set<Promise<void>>()
  let [next, said, fault]: [number, number, unknown] = [0, 0, undefined]
  const timer = setInterval(() => {
    const one = held[next++ % held.length]
    if (one === undefined) return
    const saying = speaker.say(one).then(
      () => void (said += 1),
      (error: unknown) => void (fault ??= error),
    )
    under.add(saying)
    void saying.then(() => under.delete(saying))
  }, 1_000 / perSecond)
  return {
    async end() {
      clearInterval(timer)
      await Promise.all(under)
      if (fault !== undefined) throw fault
      return said
    },
  }
}
