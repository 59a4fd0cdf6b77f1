/**
 * Two conversations beside each other. Law: what stands in `both`, followed by a side, is that side's conversation, and
 * the sides differ in their first message, unless one of them has none.
 */
import type { ShownMessage } from '#ui/answers.ts'

export interface Beside {
  readonly both: readonly ShownMessage[]
  readonly before: readonly ShownMessage[]
  readonly after: readonly ShownMessage[]
}

export function beside(before: readonly ShownMessage[], after: readonly ShownMessage[]): Beside {
  const most = Math.min(before.length, after.length)
  let same = 0
  while (same < most && isSame(before[same], after[same])) same++
  return { both: before.slice(0, same), before: before.slice(same), after: after.slice(same) }
}

/** The same words of the same side, and the same to choose from. */
function isSame(one: ShownMessage | undefined, other: ShownMessage | undefined): boolean {
  return one?.from === other?.from && one?.text === other?.text && choicesOf(one) === choicesOf(other)
}

function choicesOf(message: ShownMessage | undefined): string {
  return JSON.stringify(message?.quickReplies?.map(({ label }) => label) ?? [])
}
