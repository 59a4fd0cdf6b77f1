import { z } from 'zod'
import { distinct, id, milliseconds, name, positiveDuration } from '../../flow/values.ts'
import { because } from '../core.ts'
import { defineKind } from '../kind.ts'

const data = z.strictObject({
  bot: id.optional(), intents: distinct(z.strictObject({ id, label: name.optional() })).optional(),
  silentAfter: positiveDuration.default('60s'), idleAfter: positiveDuration.default('1d'),
})

export const listen = defineKind({
  name: 'listen', phase: 'bot', title: 'Bot talks', rests: true,
  doc: 'A bot holds the conversation turn by turn, with everything known. Without a name it is whoever calls the API.',
  data,
  form: [
    { path: 'bot', label: 'Bot', type: 'line', help: 'The name of a bot with a webhook; empty: your bot calls the API.' },
    { path: 'intents', label: 'Ways on by intent', type: 'intents' },
    { path: 'silentAfter', label: 'The bot is silent after', type: 'duration', placeholder: '60s' },
    { path: 'idleAfter', label: 'The customer is gone after', type: 'duration', placeholder: '1d' },
  ],
  initial: {},
  outlets: (listen) => [
    ...(listen.intents ?? []).map((each) => ({ id: `intent:${each.id}`, label: each.label ?? each.id, need: 'required' } as const)),
    { id: 'done', label: 'the bot is done', need: 'optional', otherwise: 'keeps listening; an idle customer’s conversation ends' },
    { id: 'failed', label: 'the bot failed', need: 'optional', otherwise: 'goes to a person' },
    { id: 'silent', label: `no answer for ${listen.silentAfter}`, need: 'optional', otherwise: 'as “the bot failed”' },
  ],
  sentence: (listen) => `${listen.bot ? `The bot “${listen.bot}”` : 'The bot'} talks with the customer`,
  fragment: (listen) => ({
    enter: { changes: ['rest', 'talk', 'fresh'], acts: turn(listen), set: ['silent', 'idle'] },
    on: {
      'customer.message': [
        // The bot's time runs from the first message it has not answered.
        { when: 'owes', changes: ['resumed', 'fresh'], acts: turn(listen) },
        { changes: ['resumed', 'owe', 'fresh', 'anew'], acts: turn(listen), set: ['silent'], cancel: ['idle'] },
      ],
      'bot.message': [{ changes: ['answered'], acts: ['deliverBot'], cancel: ['silent'], set: ['idle'] }],
      ...(listen.intents?.length ? {
        'bot.intent': listen.intents.map((each) => ({ when: { guard: 'intentIs', params: { intent: each.id } }, to: { outlet: `intent:${each.id}` } } as const)),
      } : {}),
      'bot.done': [{ changes: ['answered'], cancel: ['silent'], set: ['idle'], to: { outlet: 'done', otherwise: 'stay' } }],
      'bot.failed': [{ changes: ['botFailed'], to: { outlet: 'failed', otherwise: 'rescue' } }],
      'bot.escalate': [{ changes: ['botAsked'], to: { outlet: 'failed', otherwise: 'rescue' } }],
    },
    deadlines: [
      { timer: 'silent', delay: milliseconds(listen.silentAfter), fromEntry: false, onlyIf: 'owes', botOwes: true,
        rules: [{ when: 'owes', changes: ['botSilent'], to: { outlet: 'silent', otherwise: { outlet: 'failed', otherwise: 'rescue' } } }, { set: ['idle'], to: 'stay' }] },
      { timer: 'idle', delay: milliseconds(listen.idleAfter), fromEntry: false, onlyIf: 'settled',
        rules: [{ to: { outlet: 'done', otherwise: 'end' } }] },
    ],
  }),
  guards: {
    intentIs: ({ event }, params) => event.intent === params['intent'],
    owes: ({ context }) => context.owes,
    settled: ({ context }) => !context.owes,
  },
  changes: {
    /** The customer talks with the bot again: what led away from it before is over. */
    anew: (draft) => { draft.reason = null },
    talk: (draft, { node }) => { draft.talk = node },
    botSilent: (draft, { data }) => { draft.reason = because(`The bot did not answer within ${data.silentAfter}`) },
  },
  acts: {
    turn: ({ context, data, node, event, world }) => data.bot !== undefined && context.owes
      ? [{ type: 'bot.turn', bot: data.bot, node, text: event.type === 'customer.message' && event.text !== undefined ? event.text : world.memory.lastText ?? '' }]
      : [],
  },
})

/** Only a bot with a name is called; others come by themselves. */
function turn({ bot }: z.infer<typeof data>): readonly 'turn'[] {
  return bot === undefined ? [] : ['turn']
}
