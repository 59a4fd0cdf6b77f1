/**
 * What the world is asked to do. A closed union: an effect that nobody carries out is a compile error in
 * `server/effects`. Every effect has a stable id, `<conversation>:<seq>:<index>`, so that it can be carried out at least
 * once and counted once.
 */
import type { Json } from '../flow/values.ts'
import type { AgentName } from '../conversation/events.ts'

export interface QuickReply {
  readonly id: string
  readonly label: string
  readonly url?: string
}

/** How a customer may answer the last message: the widget shows the fitting input. */
export interface ExpectedInput {
  readonly node: string
  readonly as: 'text' | 'number' | 'email' | 'phone' | 'date' | 'yesno' | 'choice' | 'score'
  readonly choices?: readonly QuickReply[]
  /** Given before the comment that is asked for now: alone it is an answer too. */
  readonly score?: number
}

export type Effect = { readonly id: string } &
  /**
   * A text for the customer; channels other than the web deliver it. `seq` is its place in the log. A `notice` reaches who is
   * not in the chat too.
   */
  (
    | {
        readonly type: 'message'
        readonly seq: number
        readonly from: 'bot' | 'agent' | 'system'
        readonly text: string
        readonly channel: string
        readonly notice?: true
      }
    /**
     * The named bot owes a turn; its webhook is called, and its answer comes back as `bot.*` events. With `agent`, the bot
     * holds the conversation as that agent: its answer comes back as the agent's own (`agentEventOf`).
     */
    | {
        readonly type: 'bot.turn'
        readonly bot: string
        readonly node: string
        readonly text: string
        readonly agent?: string
      }
    | { readonly type: 'queue.join'; readonly node: string; readonly team: string }
    | {
        readonly type: 'queue.leave'
        readonly node: string
        readonly team: string
        readonly why: 'accepted' | 'left' | 'elsewhere'
      }
    | {
        readonly type: 'http'
        readonly node: string
        readonly method: string
        readonly url: string
        readonly headers: Readonly<Record<string, string>>
        readonly body?: string
        readonly timeout: number
        readonly retries: number
      }
    | {
        readonly type: 'ticket'
        readonly node: string
        readonly to: { readonly email?: string; readonly webhook?: string }
        readonly customer: Readonly<Record<string, Json>>
        readonly brief: string
        readonly replyWithin: string
      }
    | {
        readonly type: 'callback'
        readonly node: string
        readonly schedule: string
        readonly at: number
        readonly length: number
      }
    /**
     * A hint to agents' screens: an offer, an offer that passed unanswered, a transfer, a customer who came back, a first
     * answer that is due soon or overdue, a call that is due soon.
     */
    | {
        readonly type: 'notify'
        readonly what: 'offered' | 'missed' | 'transferred' | 'returned' | 'slaWarning' | 'slaBreach' | 'callbackSoon'
        readonly agent?: AgentName
        readonly team?: string
      }
    /** The conversation is now in the queue: the package is ready to be read. */
    | { readonly type: 'handoff'; readonly node: string; readonly team: string; readonly reason: string }
  )
export type EffectType = Effect['type']
export type EffectOf<Type extends EffectType> = Extract<Effect, { readonly type: Type }>

/** Effects whose end comes back as the server's event `effect.done` and moves the flow on. */
export const awaitedEffects = ['http', 'ticket', 'callback'] as const satisfies readonly EffectType[]
