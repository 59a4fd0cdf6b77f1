import { defineKind } from '../kind.ts'
import { sayFace } from './face.ts'

export const say = defineKind(sayFace, {
  fragment: () => ({
    enter: { changes: ['spoke'], acts: ['speak'] },
    always: [{ to: { outlet: 'next', otherwise: 'rescue' } }],
  }),
  changes: {
    /** A bot that hands over by intent still owes its specialist's answer; otherwise this was the answer. */
    spoke: (draft, { event }) => {
      if (event.type !== 'bot.intent') draft.owes = false
    },
  },
  acts: {
    speak: (moment) => {
      const text = moment.tools.text(moment, 'text')
      const { quickReplies } = moment.data
      return text === '' ? [] : [{ type: 'message', from: 'bot', text, ...(quickReplies ? { quickReplies } : {}) }]
    },
  },
})
