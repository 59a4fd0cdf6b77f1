import { milliseconds } from '../../flow/values.ts'
import { because } from '../core.ts'
import { defineKind } from '../kind.ts'
import { listenFace, type Data } from './face.ts'

export const listen = defineKind(listenFace, {
  fragment: (listen) => ({
    enter: { changes: ['rest', 'talk', 'fresh'], acts: turn(listen), set: ['silent', 'idle'] },
    on: {
      'customer.message': [
        // The bot's time runs from the first message it has not answered.
        { when: 'owes', changes: ['resumed', 'fresh'], acts: turn(listen) },
        { changes: ['resumed', 'owe', 'fresh', 'anew'], acts: turn(listen), set: ['silent'], cancel: ['idle'] },
      ],
      'bot.message': [{ changes: ['answered'], acts: ['deliverBot'], cancel: ['silent'], set: ['idle'] }],
      ...(listen.intents?.length
        ? {
            'bot.intent': listen.intents.map(
              (each) =>
                ({
                  when: { guard: 'intentIs', params: { intent: each.id } },
                  to: { outlet: `intent:${each.id}` },
                }) as const,
            ),
          }
        : {}),
      'bot.done': [
        { changes: ['answered'], cancel: ['silent'], set: ['idle'], to: { outlet: 'done', otherwise: 'stay' } },
      ],
      'bot.failed': [{ changes: ['botFailed'], to: { outlet: 'failed', otherwise: 'rescue' } }],
      'bot.escalate': [{ changes: ['botAsked'], to: { outlet: 'failed', otherwise: 'rescue' } }],
    },
    deadlines: [
      {
        timer: 'silent',
        delay: milliseconds(listen.silentAfter),
        fromEntry: false,
        onlyIf: 'owes',
        botOwes: true,
        rules: [
          {
            when: 'owes',
            changes: ['botSilent'],
            to: { outlet: 'silent', otherwise: { outlet: 'failed', otherwise: 'rescue' } },
          },
          { set: ['idle'], to: 'stay' },
        ],
      },
      {
        timer: 'idle',
        delay: milliseconds(listen.idleAfter),
        fromEntry: false,
        onlyIf: 'settled',
        rules: [{ to: { outlet: 'done', otherwise: 'end' } }],
      },
    ],
  }),
  guards: {
    intentIs: ({ event }, params) => event.intent === params['intent'],
    owes: ({ context }) => context.owes,
    settled: ({ context }) => !context.owes,
  },
  asks: {
    intentIs: 'Is this the intent?',
    owes: 'Does the bot owe an answer?',
    settled: 'Has the bot answered?',
  },
  changes: {
    /** The customer talks with the bot again: what led away from it before is over. */
    anew: (draft) => {
      draft.reason = null
    },
    talk: (draft, { node }) => {
      draft.talk = node
    },
    botSilent: (draft, { data }) => {
      draft.reason = because(`The bot did not answer within ${data.silentAfter}`)
    },
  },
  acts: {
    turn: ({ context, data, node, event, world }) =>
      data.bot !== undefined && context.owes
        ? [
            {
              type: 'bot.turn',
              bot: data.bot,
              node,
              text:
                event.type === 'customer.message' && event.text !== undefined
                  ? event.text
                  : (world.memory.lastText ?? ''),
            },
          ]
        : [],
  },
})

/** Only a bot with a name is called; others come by themselves. */
function turn({ bot }: Data): readonly 'turn'[] {
  return bot === undefined ? [] : ['turn']
}
