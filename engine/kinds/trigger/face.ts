import { z } from 'zod'
import { listOf } from '../../flow/values.ts'
import { signalConfig, signalFaces } from '../../signals/faces/index.ts'
import { defineFace } from '../face.ts'

export const triggerFace = defineFace({
  name: 'trigger',
  phase: 'escalation',
  title: 'Trigger',
  doc: 'Watches the whole bot zone, always. When its signals match a message, the conversation leaves the bot here.',
  data: z.strictObject({
    signals: listOf(signalConfig).refine((list) => list.length > 0, 'must name a signal to watch'),
    match: z.enum(['any', 'all']).default('any'),
    priority: z.number().min(0).max(100).optional(),
  }),
  form: [
    { path: 'signals', label: 'Watch for', type: 'signals' },
    { path: 'match', label: 'Fires when', type: 'select', options: ['any', 'all'] },
    { path: 'priority', label: 'Priority in the queue', type: 'number', placeholder: '0' },
  ],
  initial: { signals: [{ signal: 'explicitRequest' }] },
  outlets: () => [{ id: 'fired', label: 'fires', need: 'required' }],
  sentence: (trigger) =>
    `Watches: ${trigger.signals.map((each) => signalFaces[each.signal].title.toLowerCase()).join(trigger.match === 'all' ? ' and ' : ' or ')}`,
  conditions: (trigger) =>
    trigger.signals.flatMap((each, index) =>
      each.signal === 'value' ? [{ path: `signals/${index}/when`, source: each.when, returns: 'bool' } as const] : [],
    ),
})
