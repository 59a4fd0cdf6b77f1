import { z } from 'zod'
import { defineFace } from './face.ts'

export const MOST = 100

export const botSilentFace = defineFace({
  name: 'botSilent',
  title: 'Bot is down',
  doc: 'The bot **did not answer in time or failed**, `times` times in a row. `signals.botSilent` is that count.',
  gives: 'number',
  config: z.strictObject({ signal: z.literal('botSilent'), times: z.int().min(1).max(MOST).default(1) }),
  fields: [
    {
      key: 'times',
      label: 'Times in a row',
      help: 'How often the bot may stay silent or fail.',
      kind: 'number',
      min: 1,
      max: MOST,
      step: 1,
    },
  ],
})
