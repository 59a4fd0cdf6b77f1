/** What the server sends to a customer, read with distrust: what is not of this form is taken as not there. */

export interface QuickReply {
  readonly id: string
  readonly label: string
  readonly url?: string
}

export interface Input {
  readonly node: string
  readonly as: 'text' | 'number' | 'email' | 'phone' | 'date' | 'yesno' | 'choice' | 'score'
  /** Given already; a comment is asked for now. */
  readonly score?: number
}

export interface Attachment {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** A text of the transcript; `seq` is its place. */
export interface Message {
  readonly seq: number
  readonly at: string
  readonly from: 'bot' | 'agent' | 'customer' | 'system'
  readonly text: string
  readonly quickReplies?: readonly QuickReply[]
  readonly input?: Input
  readonly agent?: { readonly id: string; readonly name: string }
  readonly attachments?: readonly Attachment[]
}

/** Where the conversation stands. `version` counts what happened to it; `eta` is in milliseconds. */
export interface View {
  readonly id: string
  readonly phase: string
  readonly version: number
  readonly expects: readonly string[]
  readonly input?: Input
  /** `mayLeave`: the flow has a way on for who does not want to wait. */
  readonly queue?: { readonly position: number | null; readonly eta: number | null; readonly mayLeave?: boolean }
  readonly agent?: { readonly id: string; readonly name: string }
  readonly closed?: { readonly reason: string }
}

export interface Typing {
  readonly from: string
  readonly typing: boolean
  readonly agent?: { readonly id: string; readonly name: string }
}

/** The answer to what the customer did. */
export interface Advance {
  readonly conversation: View
  readonly messages: readonly Message[]
}

export interface Started extends Advance {
  readonly customerToken: string
}

/** What a customer may send. */
export type CustomerEvent =
  | {
      readonly type: 'customer.message'
      readonly text: string
      readonly choice?: string
      readonly attachments?: readonly Attachment[]
    }
  | { readonly type: 'customer.left' }
  | { readonly type: 'survey.answer'; readonly score: number }

/** The longest text the server takes. */
export const LONGEST_TEXT = 10_000
/** The largest attachment the server takes. */
export const LARGEST_FILE = 10_000_000
/** The most of them in one message. */
export const MOST_FILES = 10

export function isMessage(data: unknown): data is Message {
  return has(data, { seq: 'number', at: 'string', from: 'string', text: 'string' })
}

export function isView(data: unknown): data is View {
  return has(data, { id: 'string', phase: 'string', version: 'number', expects: 'object' })
}

export function isTyping(data: unknown): data is Typing {
  return has(data, { from: 'string', typing: 'boolean' })
}

export function isAdvance(data: unknown): data is Advance {
  return has(data, { conversation: 'object', messages: 'object' }) && isView(data['conversation'])
}

export function isStarted(data: unknown): data is Started {
  return isAdvance(data) && has(data, { customerToken: 'string' })
}

export function isAttachment(data: unknown): data is Attachment {
  return has(data, { id: 'string', name: 'string', type: 'string', size: 'number' })
}

/** Whether it is an object with these names of these types (`typeof`). */
export function has(data: unknown, form: Readonly<Record<string, string>>): data is Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) return false
  return Object.entries(form).every(([name, type]) => typeof Reflect.get(data, name) === type)
}
