/**
 * What a bot's webhook may answer: `{"messages": [{"text", "nlu"?, "fallback"?, "suggestedResolution"?}]}`, and after
 * them, or instead, at most one of `{"intent"}`, `{"done": true}` and `{"escalate": {"reason", "summary"?}}`. 202 and
 * 204 mean that the bot will speak later, by the API.
 */
import { z } from 'zod'
import { outsideEvents } from '#engine/index.ts'
import { readJson, type OutboundAnswer } from '../network/index.ts'
import type { BotEvent } from './report.ts'

export type BotAnswer =
  { readonly ok: true; readonly events: readonly BotEvent[] } | { readonly ok: false; readonly fault: string }

/** The answer as events of the conversation, in their order; a `fault` says what is wrong with it. */
export function readBotAnswer({ status, body }: OutboundAnswer): BotAnswer {
  if (status === 202 || status === 204) return { ok: true, events: [] }
  if (status < 200 || status > 299) return { ok: false, fault: `it answered ${status}` }
  const json = readJson(body)
  if (json === undefined) return { ok: false, fault: 'its answer is not JSON' }
  const answer = botAnswer.safeParse(json.value)
  if (answer.success) return { ok: true, events: eventsOf(answer.data) }
  const [issue] = answer.error.issues
  return {
    ok: false,
    fault: `its answer is malformed at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not an answer'}`,
  }
}

const botAnswer = z
  .strictObject({
    messages: z
      .array(outsideEvents['bot.message'].omit({ type: true }))
      .min(1)
      .max(10)
      .optional(),
    intent: outsideEvents['bot.intent'].shape.intent.optional(),
    done: z.literal(true).optional(),
    escalate: outsideEvents['bot.escalate'].omit({ type: true }).optional(),
  })
  .superRefine(({ messages, ...ends }, context) => {
    const given = Object.values(ends).filter((end) => end !== undefined).length
    if (given > 1) context.addIssue({ code: 'custom', message: 'give one of “intent”, “done” and “escalate”' })
    if (given === 0 && messages === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'give “messages”, “intent”, “done” or “escalate”, or answer 204 to speak later',
      })
    }
  })

function eventsOf({ messages = [], intent, done, escalate }: z.infer<typeof botAnswer>): readonly BotEvent[] {
  return [
    ...messages.map((message): BotEvent => ({ type: 'bot.message', ...message })),
    ...(intent === undefined ? [] : [{ type: 'bot.intent', intent } as const]),
    ...(done === undefined ? [] : [{ type: 'bot.done' } as const]),
    ...(escalate === undefined ? [] : [{ type: 'bot.escalate', ...escalate } as const]),
  ]
}
