/** What the runtime refuses, as data: a code and a sentence that names the cure. */
import { Refusal } from '#engine/index.ts'
import { RuntimeError, type RuntimeErrorCode } from './runtime.ts'

const ID = /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}$/

export function checkConversationId(id: string): void {
  if (ID.test(id)) return
  const sentence = 'A conversation’s id is made of letters, digits, “_”, “-”, “.” and “@”, 100 at most.'
  throw new RuntimeError('invalid', sentence, [{ pointer: '/id', message: 'is not an id' }])
}

export function noSuchConversation(id: string): RuntimeError {
  return new RuntimeError('not-found', `There is no conversation “${id}”. Start one with POST /v1/conversations.`)
}

export function noSuchLetter(id: string): RuntimeError {
  return new RuntimeError('not-found', `There is no dead letter “${id}”; GET /v1/dead-letters lists those there are.`)
}

/** Without the name that was asked for: this is said of persons. */
export function noSuchCustomer(): RuntimeError {
  return new RuntimeError('not-found', 'Nothing is kept of such a customer. Check the id or the e-mail address.')
}

export function idTaken(id: string): RuntimeError {
  const sentence = `There is a conversation “${id}” already. Leave “id” out, or choose another.`
  return new RuntimeError('exists', sentence, [{ pointer: '/id', message: 'is taken' }])
}

/** Its conversation is there, but what was answered is no longer kept. */
export function keyForgotten(id: string): RuntimeError {
  const sentence =
    `This Idempotency-Key began the conversation “${id}” long ago. ` +
    'Read that one, or take a new key to begin another.'
  return new RuntimeError('exists', sentence)
}

export function keyReused(): RuntimeError {
  const sentence = 'This Idempotency-Key was used for another body. Take a new key for a new event or conversation.'
  return new RuntimeError('key-reused', sentence)
}

export function otherVersion(version: number, believed: number): RuntimeError {
  const sentence = `The conversation is at version ${version}, not ${believed}. Read it again and decide anew.`
  return new RuntimeError('version-mismatch', sentence)
}

export function ownerChanged(): RuntimeError {
  return new RuntimeError('stale', 'The owner has changed since this was asked for, so it is not said any more.')
}

export function goneOn(): RuntimeError {
  return new RuntimeError('stale', 'The flow has gone on since this was asked for, so it is not said any more.')
}

export function soughtChanged(): RuntimeError {
  return new RuntimeError(
    'stale',
    'Somebody else is asked for, or was asked in vain, since this person was found, so it is not offered.',
  )
}

export function unknownAgent(id: string): RuntimeError {
  const sentence = `There is no agent “${id}”. Register the agent first with PUT /v1/agents/${id}.`
  return new RuntimeError('invalid', sentence, [{ pointer: '/agent', message: 'is not a registered agent' }])
}

export function noSuchAgent(id: string): RuntimeError {
  return new RuntimeError('not-found', `There is no agent “${id}”. Register the agent with PUT /v1/agents/${id}.`)
}

export function agentFull(id: string): RuntimeError {
  const cure = `Let one end first, or raise the capacity with PUT /v1/agents/${id}.`
  return new RuntimeError(
    'not-expected',
    `${id} holds as many conversations as the capacity allows, wrap-up counted. ${cure}`,
  )
}

export function agentAbsent(id: string): RuntimeError {
  return new RuntimeError('not-expected', `${id} is not online. Set PUT /v1/agents/${id}/presence first.`)
}

/** Whether an error says that the conversation does not take the event, rather than that something broke. */
export function isRefusal(error: unknown): error is Refusal | RuntimeError {
  return error instanceof Refusal || (error instanceof RuntimeError && error.code !== 'unavailable')
}

/** The engine's refusals under the runtime's codes. */
export function asRuntimeError(error: Refusal | RuntimeError): RuntimeError {
  if (error instanceof RuntimeError) return error
  const { code } = error
  switch (code) {
    case 'not-owner':
    case 'closed':
    case 'not-expected':
    case 'stale':
      return new RuntimeError(code, error.message)
    case 'unknown-event':
    case 'stuck':
    case 'invalid-opening':
      return new RuntimeError('invalid', error.message, error.errors)
    default:
      return code satisfies never
  }
}

const UNTAKEN: ReadonlySet<RuntimeErrorCode> = new Set([
  'not-owner',
  'closed',
  'not-expected',
  'stale',
  'version-mismatch',
])

/** Whether what the server itself said came too late, or at the wrong time. */
export function isUntaken(error: unknown): boolean {
  return error instanceof RuntimeError && UNTAKEN.has(error.code)
}
