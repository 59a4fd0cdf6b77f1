import { z } from 'zod'
import { listOf, name, text } from '../../flow/values.ts'
import { defineFace } from '../face.ts'

const link = z.strictObject({ label: name, url: z.url({ protocol: /^https?$/, error: 'must be a web address' }) })
const rung = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('rephrase'), text, attempts: z.number().int().min(1).max(5).default(1) }),
    z.strictObject({ kind: z.literal('selfService'), text, links: listOf(link).optional() }),
    z.strictObject({ kind: z.literal('offerHuman'), text }),
  ],
  { error: 'must be a rung of kind “rephrase”, “selfService” or “offerHuman”' },
)
export type Rung = z.infer<typeof rung>
const data = z.strictObject({ rungs: z.array(rung).min(1, 'must hold a rung').max(20, 'must hold 20 rungs at most') })
export type Data = z.infer<typeof data>

export const ladderFace = defineFace({
  name: 'ladder',
  phase: 'escalation',
  title: 'Ladder',
  doc: 'Graduated escalation: rephrase, then help yourself, then the offer of a person. A person is always one sentence away.',
  data,
  form: [{ path: 'rungs', label: 'Rungs, from the first', type: 'rungs' }],
  initial: {
    rungs: [
      { kind: 'rephrase', text: 'Sorry, I may have misunderstood. Could you say it in other words?' },
      { kind: 'offerHuman', text: 'Would you like me to bring in a colleague? They will see everything you wrote.' },
    ],
  },
  outlets: () => [
    { id: 'human', label: 'wants a person', need: 'required' },
    { id: 'resolved', label: 'resolved', need: 'optional', otherwise: 'the bot goes on at the step it left' },
    { id: 'declined', label: 'declined', need: 'optional', otherwise: 'the bot goes on at the step it left' },
  ],
  sentence: (ladder) =>
    ladder.rungs
      .map((each) => ({ rephrase: 'rephrase', selfService: 'help yourself', offerHuman: 'offer a person' })[each.kind])
      .join(', then '),
  texts: (ladder) => ladder.rungs.map((each, index) => ({ path: `rungs/${index}/text`, source: each.text })),
})
