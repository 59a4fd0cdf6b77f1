import { z } from 'zod'
import { key, LIMITS, milliseconds, positiveDuration, text } from '../../flow/values.ts'
import { because } from '../core.ts'
import { defineKind, textsAt } from '../kind.ts'

const data = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']), url: text,
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be a header’s name'), text).optional(),
  body: z.string().max(LIMITS.textLength).optional(), save: key.optional(),
  timeout: positiveDuration.default('10s'), retries: z.number().int().min(0).max(10).default(2),
})
/** After the last try's time limit, what the answer may still take to come back. */
const GRACE = milliseconds('30s')

export const call = defineKind({
  name: 'call', phase: 'bot', title: 'Call',
  doc: 'Calls an HTTP service and keeps its answer. Only addresses on the public network, or those your operator allows.',
  data,
  form: [
    { path: 'method', label: 'Method', type: 'select', options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    { path: 'url', label: 'Address', type: 'template', help: 'What is filled in is encoded for you.' },
    { path: 'headers', label: 'Headers', type: 'headers' },
    { path: 'body', label: 'Body', type: 'template' },
    { path: 'save', label: 'Keep the answer in', type: 'variable' },
    { path: 'timeout', label: 'Time limit', type: 'duration', placeholder: '10s' },
    { path: 'retries', label: 'Try again', type: 'number', placeholder: '2' },
  ],
  initial: { method: 'GET', url: 'https://example.com/orders/{{ vars.orderNumber }}', save: 'order' },
  outlets: () => [
    { id: 'ok', label: 'answered', need: 'required' },
    { id: 'failed', label: 'failed', need: 'optional', otherwise: 'goes to a person' },
  ],
  sentence: (call) => `${call.method} ${call.url}`,
  texts: (call) => [
    ...textsAt(call, 'url', 'body'),
    ...Object.entries(call.headers ?? {}).map(([header, source]) => ({ path: `headers/${header}`, source })),
  ],
  sets: (call) => call.save === undefined ? [] : [call.save],
  fragment: (call) => ({
    enter: { acts: ['request'] },
    on: {
      'effect.ok': [{ changes: ['save'], to: { outlet: 'ok', otherwise: 'rescue' } }],
      'effect.failed': [{ changes: ['failed'], to: { outlet: 'failed', otherwise: 'rescue' } }],
    },
    deadlines: [{
      timer: 'late', delay: 2 * milliseconds(call.timeout) * (call.retries + 1) + GRACE, fromEntry: true,
      rules: [{ changes: ['failed'], to: { outlet: 'failed', otherwise: 'rescue' } }],
    }],
  }),
  changes: {
    save: (draft, { data, event }) => {
      const body = typeof event.value === 'object' && event.value !== null && 'body' in event.value ? event.value.body : undefined
      if (data.save !== undefined) draft.vars = { ...draft.vars, [data.save]: body ?? null }
    },
    failed: (draft, { data }) => { draft.reason = because(`A system the bot needs did not answer (${data.method} call)`) },
  },
  acts: {
    request: (moment) => {
      const { method, headers, body, timeout, retries } = moment.data
      return [{
        type: 'http', node: moment.node, method, url: moment.tools.url(moment, 'url'),
        headers: Object.fromEntries(Object.keys(headers ?? {}).map((name) => [name, moment.tools.text(moment, `headers/${name}`).replaceAll(/[\r\n]+/g, ' ')])),
        ...(body === undefined ? {} : { body: moment.tools.text(moment, 'body') }),
        timeout: milliseconds(timeout), retries,
      }]
    },
  },
})
