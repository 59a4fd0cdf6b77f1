import { z } from 'zod'
import { key, LIMITS, positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

const data = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: text,
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be a header’s name'), text).optional(),
  body: z.string().max(LIMITS.textLength).optional(),
  save: key.optional(),
  timeout: positiveDuration.default('10s'),
  retries: z.number().int().min(0).max(10).default(2),
})

export const callFace = defineFace({
  name: 'call',
  phase: 'bot',
  title: 'Call',
  rests: true,
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
  // Asking again does no harm; what would change something is never sent twice.
  resumesBy: (call) => (call.method === 'GET' ? undefined : 'failed'),
  sentence: (call) => `${call.method} ${call.url}`,
  texts: (call) => [
    ...textsAt(call, 'url', 'body'),
    ...Object.entries(call.headers ?? {}).map(([header, source]) => ({ path: `headers/${header}`, source })),
  ],
  sets: (call) => (call.save === undefined ? [] : [call.save]),
})
