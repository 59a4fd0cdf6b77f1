import type { Heard, HeardStore } from '#server/channels/heard.ts'

/** Deliveries in memory. */
export function heardInMemory(): HeardStore {
  const kept = new Map<string, Heard>()
  const keyOf = (channel: string, id: string): string => JSON.stringify([channel, id])
  return {
    find: async (channel, id) => kept.get(keyOf(channel, id)),
    async claim(channel, id, heard) {
      const before = kept.get(keyOf(channel, id)) ?? heard
      kept.set(keyOf(channel, id), before)
      return before
    },
    async move(channel, id, from, to) {
      const before = kept.get(keyOf(channel, id))
      if (before?.conversation === from) kept.set(keyOf(channel, id), { ...before, conversation: to })
    },
    forget: async () => kept.clear(),
  }
}
