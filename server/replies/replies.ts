/**
 * What an agent could say now.
 *
 *   something typed   the replies that are kept ready, the nearest first
 *   nothing           what the bot thinks resolves it, what helped in similar conversations, what a model would say
 */
import { renderReply, type AgentName, type Facts, type Snapshot } from '#engine/index.ts'
import type { Conversations } from '../runtime/runtime.ts'
import type { FlowStore } from '../store/flows.ts'
import { ranked, type CannedReplies } from './canned.ts'
import type { Suggest } from './model.ts'

export interface Reply {
  readonly id: string
  readonly source: 'canned' | 'package' | 'similar' | 'model'
  readonly title: string
  readonly text: string
  /** Why it is suggested, in a plain sentence. */
  readonly because?: string
}

export interface RepliesAsked {
  readonly conversation: string
  /** Who would say it; null for somebody who is no agent. */
  readonly agent: AgentName | null
  /** What was typed to look for a kept reply; undefined: suggestions. */
  readonly q: string | undefined
  readonly limit: number
}

export interface RepliesDeps {
  readonly conversations: Pick<Conversations, 'snapshot' | 'view' | 'handoff' | 'similar'>
  readonly flows: Pick<FlowStore, 'version'>
  readonly canned: CannedReplies
  readonly suggest: Suggest | undefined
  readonly clock: { now(): number }
}

const SIMILAR = 3

export async function repliesFor(deps: RepliesDeps, asked: RepliesAsked): Promise<readonly Reply[]> {
  const replies = asked.q === undefined ? await suggestions(deps, asked) : await kept(deps, asked, asked.q)
  return replies.slice(0, asked.limit)
}

async function kept(
  { conversations, flows, canned, clock }: RepliesDeps,
  { conversation, agent, limit }: RepliesAsked,
  q: string,
): Promise<readonly Reply[]> {
  const snapshot = await conversations.snapshot(conversation)
  const found = ranked(canned.list(), q, snapshot.machine.context.waiting?.team ?? null).slice(0, limit)
  const flow = await flows.version(snapshot.flow.id, snapshot.flow.version)
  const facts = found.some(({ text }) => text.includes('queue')) ? await placeIn(conversations, snapshot) : {}
  return found.map(({ id, title, text }) => ({
    id: `canned:${id}`,
    source: 'canned',
    title,
    text: flow ? renderReply(flow, snapshot, text, agent, clock.now(), facts) : text,
  }))
}

async function suggestions(
  { conversations, suggest }: RepliesDeps,
  { conversation, agent }: RepliesAsked,
): Promise<readonly Reply[]> {
  const [handoff, similar] = await Promise.all([
    conversations.handoff(conversation),
    conversations.similar(conversation, SIMILAR),
  ])
  const { summary, language, transcript, suggestedResolution } = handoff
  const written = await suggest?.({ summary, language, agent: agent?.name ?? null, transcript })
  return [
    ...(suggestedResolution === null
      ? []
      : [{ id: 'package', source: 'package', title: 'Suggested by the bot', text: suggestedResolution } as const]),
    ...similar.map(({ conversation: from, text, because }): Reply => ({
      id: `similar:${from}`,
      source: 'similar',
      title: 'Helped in a similar conversation',
      text,
      because,
    })),
    ...(written === undefined
      ? []
      : [{ id: 'model', source: 'model', title: 'Suggested by the model', text: written } as const]),
  ]
}

async function placeIn(conversations: RepliesDeps['conversations'], { conversation }: Snapshot): Promise<Facts> {
  const { queue } = await conversations.view(conversation)
  return queue?.position == null
    ? {}
    : {
        queues: {
          [queue.team]: { position: queue.position, eta: queue.eta, within: queue.within, online: 0, waiting: 0 },
        },
      }
}
