import type { Endpoint, Endpoints } from '#server/network/index.ts'

/** Bots in memory, behind the real port. */
export function fakeBots(): Endpoints {
  const kept = new Map<string, Endpoint>()
  return {
    get: (name) => kept.get(name),
    list: () => [...kept.values()],
    async put({ name, url, secret }) {
      const bot = { name, url, secret: secret ?? kept.get(name)?.secret ?? `whsec_made-for-${name}` }
      kept.set(name, bot)
      return bot
    },
    remove: async (name) => kept.delete(name),
  }
}
