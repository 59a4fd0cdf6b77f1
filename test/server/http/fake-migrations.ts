import type { Migrations, MoveWhich } from '#server/runtime/migrate.ts'

/** One customer would move and one would stay; `asked` holds what was asked for. */
export function fakeMigrations(): Migrations & { readonly asked: object[] } {
  const asked: object[] = []
  const stays = { why: '“pick”, where it stands, is not in the new version' }
  return {
    asked,
    async preview(to, version) {
      asked.push({ flow: to.id, version })
      return {
        moves: [{ from: 1, state: 'bot.talk', to: 'bot.talk', count: 1, notes: [] }],
        stays: [{ from: 1, state: 'bot.pick', count: 1, conversations: ['c2'], ...stays }],
      }
    },
    async move(flow: string, version: number, which: MoveWhich = {}) {
      asked.push({ flow, version, ...which })
      return { moved: ['c1'], stayed: [{ conversation: 'c2', ...stays }], left: 0 }
    },
  }
}
