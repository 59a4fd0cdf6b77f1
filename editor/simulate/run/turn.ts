/** Whose turn it is, and what each side can do now: what the composer offers. */
import { nodeOfState } from '#engine/conversation/state.ts'
import type { ExpectedInput, OutsideType, QuickReply } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'

export type Speaker = 'customer' | 'bot' | 'agent'

/** What is awaited, in one word; the sentence is made where it is shown. */
export type Awaited = 'answer' | 'message' | 'bot' | 'accept' | 'nobody' | 'agent' | 'wait' | 'effect' | 'closed'

export interface Turn {
  readonly speaker: Speaker
  readonly awaited: Awaited
  readonly input: ExpectedInput | null
  readonly replies: readonly QuickReply[]
  readonly intents: readonly { readonly id: string; readonly label: string }[]
  readonly may: ReadonlySet<OutsideType>
  /** Who is asked to accept, who may accept, who holds it. */
  readonly offeredTo: string | null
  readonly holder: { readonly id: string; readonly name: string } | null
}

export function turnOf(simulation: Simulation): Turn {
  const { view, snapshot, flow, steps } = simulation
  const node = flow.nodes.find((each) => each.id === nodeOfState(snapshot.state))
  const awaited = awaitedOf(simulation, node?.type)
  const said = steps.flatMap((each) => each.log).findLast((entry) => entry.kind === 'message')
  const offered = said?.kind === 'message' && said.from === 'bot' ? (said.quickReplies ?? []) : []
  const intents = node?.type === 'listen' ? (node.data.intents ?? []) : []
  return {
    speaker: speakerOf(awaited),
    awaited,
    input: view.input ?? null,
    replies: offered.length > 0 ? offered : (view.input?.choices ?? []),
    intents: intents.map(({ id, label }) => ({ id, label: label ?? id })),
    may: new Set(view.expects),
    offeredTo: view.queue?.offeredTo ?? null,
    holder: view.agent ?? null,
  }
}

function awaitedOf({ view, snapshot, standing }: Simulation, kind: string | undefined): Awaited {
  if (view.closed) return 'closed'
  if (snapshot.awaiting !== null) return 'effect'
  if (view.phase === 'agentActive') return 'agent'
  if (view.expects.includes('agent.accept') && view.queue !== undefined)
    return standing.online.length === 0 ? 'nobody' : 'accept'
  if (kind === 'wait') return 'wait'
  if (snapshot.machine.context.owes && view.expects.includes('bot.message') && view.input === undefined) return 'bot'
  return view.input === undefined ? 'message' : 'answer'
}

function speakerOf(awaited: Awaited): Speaker {
  switch (awaited) {
    case 'accept':
    case 'nobody':
    case 'agent':
      return 'agent'
    case 'bot':
      return 'bot'
    case 'answer':
    case 'message':
    case 'wait':
    case 'effect':
    case 'closed':
      return 'customer'
    default:
      return awaited satisfies never
  }
}
