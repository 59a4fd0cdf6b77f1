/**
 * Lines that break while people talk. A message is on its way, or just written, when the line is cut; one is written
 * while nobody listens, and one while the feed connects anew.
 */
import { chance } from '#test/server/crash/chance.ts'
import type { Feed } from './feed.ts'
import type { Held } from './orders.ts'
import type { Speaker } from './speaker.ts'

const AT_ONCE = 32

/** How many there were. */
export async function reconnect(speaker: Speaker, feeds: readonly Feed[], held: readonly Held[]): Promise<number> {
  const draw = chance(3)
  const byId = new Map(held.map((each) => [each.id, each]))
  let count = 0
  const waiting = feeds.values()
  const lane = async (): Promise<void> => {
    for (const feed of waiting) {
      const conversation = byId.get(feed.followed.of?.conversation ?? '')
      if (conversation === undefined) continue
      const before = speaker.say(conversation)
      if (draw() < 0.5) await before
      feed.cut()
      await speaker.say(conversation)
      const after = speaker.say(conversation)
      await Promise.all([before, feed.open(), after])
      count += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return count
}
