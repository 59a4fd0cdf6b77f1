import type { Database } from '../store/database.ts'

/** What is mailed to a customer who is not in the chat; `promises/follow-ups.ts` writes the mails. */
export interface FollowUps {
  /** Something was said that must reach the customer: it is looked after once the conversation has rested. */
  begin(conversation: string): Promise<void>
}

/** So long nothing more is said before what was said is mailed: what belongs together is one mail. */
export const FOLLOW_AFTER = 60_000

export function createFollowUps(database: Database, clock: { now(): number }): FollowUps {
  return {
    async begin(conversation) {
      const due = { due_at: clock.now() + FOLLOW_AFTER }
      await database
        .insertInto('baton.follow_ups')
        .values({ conversation, ...due })
        .onConflict((conflict) => conflict.column('conversation').doUpdateSet(due))
        .execute()
    },
  }
}
