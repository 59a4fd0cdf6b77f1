import type { CannedReplies, CannedReply } from '#server/replies/canned.ts'

/** Replies in memory, behind the real port. */
export function fakeCanned(): CannedReplies {
  const kept = new Map<string, CannedReply>()
  return {
    list: () => [...kept.values()],
    get: (id) => kept.get(id),
    async put(reply) {
      kept.set(reply.id, reply)
      return reply
    },
    remove: async (id) => kept.delete(id),
  }
}
