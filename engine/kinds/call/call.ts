import { milliseconds } from '../../flow/values.ts'
import { because } from '../core.ts'
import { defineKind } from '../kind.ts'
import { callFace } from './face.ts'

/** After the last try's time limit, what the answer may still take to come back. */
const GRACE = milliseconds('30s')

export const call = defineKind(callFace, {
  fragment: (call) => ({
    enter: { changes: ['rest'], acts: ['request'] },
    on: {
      'effect.ok': [{ changes: ['save', 'moveOn'], to: { outlet: 'ok', otherwise: 'rescue' } }],
      'effect.failed': [{ changes: ['failed', 'moveOn'], to: { outlet: 'failed', otherwise: 'rescue' } }],
    },
    deadlines: [
      {
        timer: 'late',
        delay: 2 * milliseconds(call.timeout) * (call.retries + 1) + GRACE,
        fromEntry: true,
        rules: [{ changes: ['failed', 'moveOn'], to: { outlet: 'failed', otherwise: 'rescue' } }],
      },
    ],
  }),
  changes: {
    save: (draft, { data, event }) => {
      const body =
        typeof event.value === 'object' && event.value !== null && 'body' in event.value ? event.value.body : undefined
      if (data.save !== undefined) draft.vars = { ...draft.vars, [data.save]: body ?? null }
    },
    failed: (draft, { data }) => {
      draft.reason = because(`A system the bot needs did not answer (${data.method} call)`)
    },
  },
  acts: {
    request: (moment) => {
      const { method, headers, body, timeout, retries } = moment.data
      return [
        {
          type: 'http',
          node: moment.node,
          method,
          url: moment.tools.url(moment, 'url'),
          headers: Object.fromEntries(
            Object.keys(headers ?? {}).map((name) => [
              name,
              moment.tools.text(moment, `headers/${name}`).replaceAll(/[\r\n]+/g, ' '),
            ]),
          ),
          ...(body === undefined ? {} : { body: moment.tools.text(moment, 'body') }),
          timeout: milliseconds(timeout),
          retries,
        },
      ]
    },
  },
})
