import { z } from 'zod'
import { defineFace } from './face.ts'

const MOST_LISTED = 200
export const LONGEST_LISTED = 100
const list = z.array(z.string().trim().min(1).max(LONGEST_LISTED)).min(1).max(MOST_LISTED).optional()

export const topicFace = defineFace({
  name: 'topic',
  title: 'Certain topic',
  doc:
    'The latest message is about one of the listed **intents** or contains one of the **words** (inflected too). ' +
    '`signals.topic` is the intent the bot reported for it, or empty.',
  gives: 'text',
  config: z.strictObject({ signal: z.literal('topic'), intents: list, words: list }),
  fields: [
    { key: 'intents', label: 'Intents', help: 'Names of intents as your bot reports them.', kind: 'words' },
    {
      key: 'words',
      label: 'Words',
      help: 'Words or phrases, such as: lawyer, chargeback, data protection.',
      kind: 'words',
    },
  ],
})
