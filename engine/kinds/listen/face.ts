import { z } from 'zod'
import { distinct, id, name, positiveDuration } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

const data = z.strictObject({
  bot: id.optional(),
  intents: distinct(z.strictObject({ id, label: name.optional() })).optional(),
  silentAfter: positiveDuration.default('60s'),
  idleAfter: positiveDuration.default('1d'),
})
export type Data = z.infer<typeof data>

export const listenFace = defineFace({
  name: 'listen',
  phase: 'bot',
  title: 'Bot talks',
  rests: true,
  doc: 'A bot holds the conversation turn by turn, with everything known. Without a name it is whoever calls the API.',
  data,
  form: [
    {
      path: 'bot',
      label: 'Bot',
      type: 'line',
      help: 'The name of a bot with a webhook; empty: your bot calls the API.',
    },
    { path: 'intents', label: 'Ways on by intent', type: 'intents' },
    { path: 'silentAfter', label: 'The bot is silent after', type: 'duration', placeholder: '60s' },
    { path: 'idleAfter', label: 'The customer is gone after', type: 'duration', placeholder: '1d' },
  ],
  initial: {},
  outlets: (listen) => [
    ...(listen.intents ?? []).map(
      (each) => ({ id: `intent:${each.id}`, label: each.label ?? each.id, need: 'required' }) as const,
    ),
    {
      id: 'done',
      label: 'the bot is done',
      need: 'optional',
      otherwise: 'keeps listening; an idle customer’s conversation ends',
    },
    { id: 'failed', label: 'the bot failed', need: 'optional', otherwise: 'goes to a person' },
    { id: 'silent', label: `no answer for ${listen.silentAfter}`, need: 'optional', otherwise: 'as “the bot failed”' },
  ],
  sentence: (listen) => `${listen.bot ? `The bot “${listen.bot}”` : 'The bot'} talks with the customer`,
})
