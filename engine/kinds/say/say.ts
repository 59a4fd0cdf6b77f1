import { z } from 'zod'
import { choice, distinct, text } from '../../flow/values.ts'
import { defineKind, textsAt } from '../kind.ts'

export const say = defineKind({
  name: 'say', phase: 'bot', title: 'Say',
  doc: 'Sends a message, with quick replies if you like, and goes on at once.',
  data: z.strictObject({ text, quickReplies: distinct(choice).optional() }),
  form: [
    { path: 'text', label: 'Message', type: 'template' },
    { path: 'quickReplies', label: 'Quick replies', type: 'choices', help: 'Buttons under the message; the answer goes to the next node that listens.' },
  ],
  initial: { text: 'Hello! How can I help?' },
  outlets: () => [{ id: 'next', label: 'then', need: 'required' }],
  sentence: (data) => `Say “${data.text}”`,
  texts: (data) => textsAt(data, 'text'),
  fragment: () => ({
    enter: { changes: ['spoke'], acts: ['speak'] },
    always: [{ to: { outlet: 'next', otherwise: 'rescue' } }],
  }),
  changes: {
    /** A bot that hands over by intent still owes its specialist's answer; otherwise this was the answer. */
    spoke: (draft, { event }) => { if (event.type !== 'bot.intent') draft.owes = false },
  },
  acts: {
    speak: (moment) => {
      const text = moment.tools.text(moment, 'text')
      const { quickReplies } = moment.data
      return text === '' ? [] : [{ type: 'message', from: 'bot', text, ...(quickReplies ? { quickReplies } : {}) }]
    },
  },
})
