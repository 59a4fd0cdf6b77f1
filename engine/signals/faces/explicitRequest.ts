import { z } from 'zod'
import { defineFace } from './face.ts'

export const LONGEST_INTENT = 100

export const explicitRequestFace = defineFace({
  name: 'explicitRequest',
  title: 'Asks for a person',
  doc:
    'The customer **asks for a person** ("can I talk to a human?"); a refusal such as "no need for an agent" ' +
    'does not count. `signals.explicitRequest` is true while the latest message asks.',
  gives: 'bool',
  config: z.strictObject({
    signal: z.literal('explicitRequest'),
    intents: z.array(z.string().min(1).max(LONGEST_INTENT)).max(50).optional(),
  }),
  fields: [
    {
      key: 'intents',
      label: 'Intents that ask',
      help: 'Names of your bot’s intents that mean the customer wants a person, besides those whose name says so.',
      kind: 'words',
    },
  ],
})
