/**
 * What is refused before anything moves. Law: only the owner speaks. A bot never while the queue or a person owns the
 * conversation (unless the queue lets it help), an agent only in a conversation that is theirs; a customer always, until
 * it is closed. A whisper is a note of somebody who does not hold the conversation: only people read it, so it is taken in
 * any open phase once a queue or a person has had it.
 */
import type { Compiled } from '../compile/compiled.ts'
import {
  isOutsideType,
  outsideTypes,
  serverTypes,
  type AgentName,
  type ConversationEvent,
} from '../conversation/events.ts'
import { nearest } from '../expression/nearest.ts'
import type { Json } from '../flow/values.ts'
import { Refusal } from './result.ts'
import { comesBack } from './promise.ts'
import type { Snapshot } from './snapshot.ts'

const known: ReadonlySet<string> = new Set([...outsideTypes, ...serverTypes])

/** @throws Refusal when the conversation does not take the event. */
export function admit(
  compiled: Compiled,
  snapshot: Snapshot,
  path: string,
  event: ConversationEvent,
  now: number,
): void {
  if (!known.has(event.type)) {
    const meant = nearest(event.type, known)
    throw new Refusal(
      'unknown-event',
      `There is no event “${event.type}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    )
  }
  if (!isOutsideType(event.type)) return admitServer(snapshot, event, now)
  if (comesBack(snapshot, event)) return
  if (snapshot.closed && event.type === 'agent.accept')
    throw new Refusal('closed', 'The conversation has ended meanwhile; there is nothing left to do.')
  if (snapshot.closed)
    throw new Refusal('closed', 'The conversation is closed; start a new one with POST /v1/conversations.')
  if (isWhisper(event)) return admitWhisper(snapshot)
  const expects = compiled.expects(path)
  const sender = event.type.slice(0, event.type.indexOf('.'))
  if (sender === 'bot' && snapshot.owner !== 'bot' && !expects.includes(event.type)) {
    throw new Refusal(
      'not-owner',
      `${ownerInWords(snapshot)} the conversation now; the bot may speak again after the handback.`,
      expects,
    )
  }
  if (sender === 'agent') admitAgent(snapshot, event, expects)
  if (!expects.includes(event.type)) {
    throw new Refusal(
      'not-expected',
      `“${event.type}” is not what “${snapshot.state}” takes now; it takes ${expects.join(', ')}.`,
      expects,
    )
  }
}

function admitAgent(snapshot: Snapshot, event: ConversationEvent, expects: Refusal['expects']): void {
  const { agent, waiting } = snapshot.machine.context
  if (event.type === 'agent.accept') {
    if (snapshot.phase === 'agentActive') throw new Refusal('not-owner', tooLate(agent, event.agent), expects)
    if (snapshot.phase !== 'queued' && snapshot.memory.handoffs > 0)
      throw new Refusal(
        'not-owner',
        'The bot has taken this up again a moment ago; there is nothing left to do.',
        expects,
      )
    return
  }
  if (event.type === 'agent.decline') {
    const who = event.by ?? event.agent
    const offered = waiting?.offered?.agent
    if (snapshot.phase === 'agentActive')
      throw new Refusal(
        'not-owner',
        `${agent?.name ?? 'Somebody else'} holds this conversation; there is nothing to decline.`,
        expects,
      )
    if (snapshot.phase === 'queued' && !offered)
      throw new Refusal(
        'not-expected',
        'The conversation is offered to nobody now; there is nothing to decline.',
        expects,
      )
    if (offered && who !== undefined && who !== offered.id)
      throw new Refusal('not-owner', `The conversation is offered to ${offered.name}, not to “${who}”.`, expects)
    return
  }
  if (snapshot.phase !== 'agentActive')
    throw new Refusal(
      'not-owner',
      `${ownerInWords(snapshot)} the conversation; an agent must accept it first.`,
      expects,
    )
  if (event.by !== undefined && event.by !== agent?.id)
    throw new Refusal(
      'not-owner',
      `${agent?.name ?? 'Somebody else'} holds this conversation, not “${event.by}”.`,
      expects,
    )
}

/** Kind words: it is nobody's fault to come second. */
function tooLate(holder: AgentName | null, who: string): string {
  return holder?.id === who
    ? 'You have this conversation already; go on with it.'
    : `${holder?.name ?? 'Somebody else'} took this a moment ago; there is nothing left to do.`
}

/** Whether an event is a note of somebody who does not hold the conversation. */
export function isWhisper(event: ConversationEvent): event is Extract<ConversationEvent, { type: 'agent.note' }> {
  return event.type === 'agent.note' && event.whisper !== undefined
}

function admitWhisper({ phase, memory }: Snapshot): void {
  if (phase === 'queued' || phase === 'agentActive' || memory.handoffs > 0) return
  throw new Refusal(
    'not-expected',
    'No person has had to do with this conversation yet; a note can be left once it waits for one.',
  )
}

function admitServer(snapshot: Snapshot, event: ConversationEvent, now: number): void {
  if (event.type === 'timer') {
    const timer = snapshot.timers.find((each) => each.id === event.id && each.gen === event.gen)
    if (timer === undefined)
      throw new Refusal('stale', `The timer “${event.id}” of generation ${event.gen} is not set any more.`)
    if (now < timer.due)
      throw new Refusal('stale', `The timer “${event.id}” is not due before ${new Date(timer.due).toISOString()}.`)
  }
  if (event.type === 'effect.done' && snapshot.awaiting !== event.effect)
    throw new Refusal('stale', `Nothing waits for the effect “${event.effect}” any more.`)
  const { id: known } = snapshot.machine.context.customer
  if (event.type === 'customer.identified' && isBound(known) && known !== event.customer['id']) {
    throw new Refusal('not-expected', 'This conversation belongs to another customer; start a new one for this one.')
  }
  if (event.type === 'promise.told' || event.type === 'promise.due') {
    if (snapshot.phase === 'agentActive') throw new Refusal('stale', 'A person holds the conversation already.')
    return
  }
  // Only who has both versions can move a conversation: `migration/`.
  if (event.type === 'conversation.migrated')
    throw new Refusal('not-expected', 'A step stays on one version; a move to another needs both.')
  if (event.type === 'conversation.started') throw new Refusal('stale', 'The conversation has begun already.')
  if (snapshot.closed) throw new Refusal('stale', 'The conversation is closed.')
}

function isBound(id: Json | undefined): boolean {
  return id !== undefined && id !== null && id !== ''
}

function ownerInWords(snapshot: Snapshot): string {
  if (snapshot.phase === 'agentActive') return `${snapshot.machine.context.agent?.name ?? 'A person'} owns`
  return snapshot.phase === 'queued' ? 'The queue owns' : 'The bot owns'
}
