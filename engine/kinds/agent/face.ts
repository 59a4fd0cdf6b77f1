import { z } from 'zod'
import { duration, positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

const data = z.strictObject({
  intro: text.optional(),
  idleAfter: positiveDuration.default('1d'),
  goneAfter: positiveDuration.default('10m'),
  wrapUp: duration.optional(),
})
export type Data = z.infer<typeof data>

export const agentFace = defineFace({
  name: 'agent',
  phase: 'agentActive',
  title: 'Person',
  doc: 'A person talks with the customer in the same window, with everything known, and gives back or resolves.',
  data,
  form: [
    {
      path: 'intro',
      label: 'Introduction',
      type: 'template',
      placeholder: '{{ agent.name }} has joined and can see everything you wrote.',
    },
    { path: 'idleAfter', label: 'The customer is idle after', type: 'duration', placeholder: '1d' },
    { path: 'goneAfter', label: 'The person is gone after', type: 'duration', placeholder: '10m' },
    { path: 'wrapUp', label: 'Wrap-up', type: 'duration' },
  ],
  initial: { intro: '{{ agent.name }} here. I have read everything, so you won’t need to repeat yourself.' },
  outlets: (agent) => [
    { id: 'resolved', label: 'resolved', need: 'required' },
    { id: 'handback', label: 'back to the bot', need: 'required' },
    {
      id: 'idle',
      label: `the customer is silent for ${agent.idleAfter}`,
      need: 'optional',
      otherwise: 'as “resolved”',
    },
    {
      id: 'gone',
      label: `the person is silent for ${agent.goneAfter}`,
      need: 'optional',
      otherwise: 'back to the queue, at the same place',
    },
  ],
  sentence: () => 'A person talks with the customer',
  texts: (agent) => textsAt(agent, 'intro'),
})
