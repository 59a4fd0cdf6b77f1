/**
 * Where the open conversations of a flow stand. Closed ones are many and stand nowhere, so that each open phase is
 * asked for by itself, page by page, up to a limit: then the figures are said to be no more than the latest.
 */
import { nodeOfState } from '#engine/conversation/state.ts'
import { phases } from '#engine/conversation/owner.ts'
import type { ConversationView } from '#engine/index.ts'
import type { ConversationQuery, Page } from '#ui/answers.ts'

export interface Standing {
  readonly conversations: readonly ConversationView[]
  /** Of some phase there were more than `MOST`. */
  readonly isCapped: boolean
}

export type ListConversations = (query: ConversationQuery) => Promise<Page<ConversationView>>

/** Of each phase, counted at most. */
export const MOST = 1_000
const PAGE = 200

const openPhases = phases.filter((phase) => phase !== 'closed')

/** Reads the open conversations of a flow. One that moves meanwhile is counted once. */
export async function readStanding(list: ListConversations, flow: string): Promise<Standing> {
  const read = await Promise.all(openPhases.map((phase) => readPhase(list, { flow, phase, limit: PAGE })))
  const byId = new Map<string, ConversationView>()
  // Of two readings the one of the later version is still true.
  for (const each of read.flatMap(({ conversations }) => conversations))
    if (each.version >= (byId.get(each.id)?.version ?? 0)) byId.set(each.id, each)
  return { conversations: [...byId.values()], isCapped: read.some(({ isCapped }) => isCapped) }
}

/** The conversations at each node, the fullest first. */
export function byNode(conversations: readonly ConversationView[]): ReadonlyMap<string, readonly ConversationView[]> {
  const groups = new Map<string, ConversationView[]>()
  for (const each of conversations) {
    const node = nodeOfState(each.state)
    const group = groups.get(node)
    if (group) group.push(each)
    else groups.set(node, [each])
  }
  return new Map([...groups].sort(([, one], [, other]) => other.length - one.length))
}

async function readPhase(list: ListConversations, query: ConversationQuery): Promise<Standing> {
  const conversations: ConversationView[] = []
  let cursor: string | null = null
  do {
    const page: Page<ConversationView> = await list(cursor === null ? query : { ...query, cursor })
    conversations.push(...page.items)
    cursor = page.next
  } while (cursor !== null && conversations.length < MOST)
  return { conversations, isCapped: cursor !== null }
}
