import { chance } from '#test/server/crash/chance.ts'
import type { Held } from './orders.ts'
import type { Speaker } from './speaker.ts'

export interface Talk {
  /** How much was said. @throws Error when something was refused. */
  end(): Promise<number>
}

/** Somebody says something so many times a second, whether what was said before is answered or not. */
export function startTalk(speaker: Speaker, held: readonly Held[], perSecond: number): Talk {
  const draw = chance(2)
  const under = new Set<Promise<void>>()
  let [said, fault]: [number, unknown] = [0, undefined]
  const timer = setInterval(() => {
    const one = held[Math.floor(draw() * held.length)]
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
