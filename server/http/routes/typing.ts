import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Typist } from '#server/runtime/typing.ts'
import { agentOf, caller, demandOwn, type Caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { route, takesJson } from '../route.ts'
import { idParam } from '../schemas/list.ts'

const typingRoute = route('conversations.advance', ['not-found', 'unavailable'], '/conversations/{id}/typing', {
  method: 'post',
  tags: ['Conversations'],
  summary: 'Say that one types',
  description: [
    'Told at once to those who follow, and never kept. A customer’s token types as the customer, a bot’s key as the',
    'bot, a key of the staff as the agent who holds the conversation. Who has not the word is not shown. More than one',
    'a second are gathered; whoever shows it forgets it after 6 seconds.',
  ].join(' '),
  request: { params: idParam, body: takesJson(z.strictObject({ typing: z.boolean() }).openapi('TypingBody')) },
  responses: { 204: { description: 'Told.' } },
})

/** Who types now. */
export function typing({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(typingRoute, async (c) => {
    const { id } = c.req.valid('param')
    const who = caller(c)
    demandOwn(who, id)
    await runtime.conversations.tellTyping(id, typistOf(who), c.req.valid('json').typing)
    return c.body(null, 204)
  })
}

function typistOf(who: Caller): Typist {
  if (who.role === 'customer' || who.role === 'bot') return { from: who.role }
  const agent = agentOf(who)
  return { from: 'agent', ...(agent === undefined ? {} : { agent }) }
}
