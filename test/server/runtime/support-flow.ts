import { parseFlow, type Flow } from '#engine/index.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data })
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
})

/** A small support desk: a bot, a queue for billing, a person, and a survey. `over` changes the data of nodes by id. */
export function supportFlow(over: Readonly<Record<string, object>> = {}): Flow {
  const with_ = (id: string, type: string, data: object) => node(id, type, { ...data, ...over[id] })
  const parsed = parseFlow({
    baton: 1,
    id: 'support',
    name: 'Support',
    language: 'en',
    timezone: 'UTC',
    variables: {},
    nodes: [
      with_('start', 'start', {}),
      with_('hello', 'say', { text: 'Hello.' }),
      with_('bot', 'listen', { intents: [{ id: 'look' }, { id: 'book' }], idleAfter: '30m' }),
      with_('asks', 'trigger', { signals: [{ signal: 'explicitRequest' }] }),
      with_('billing', 'queue', { team: 'billing', text: 'You are number {{ queue.position }}.', maxWait: '10m' }),
      with_('person', 'agent', { goneAfter: '5m', idleAfter: '1h' }),
      with_('back', 'handback', { text: 'The bot is back.' }),
      with_('ticket', 'ticket', { text: 'We write to you.', replyWithin: '4h', collect: [] }),
      with_('look', 'call', { method: 'GET', url: 'https://orders.example/1' }),
      with_('found', 'say', { text: 'Found it.' }),
      with_('lost', 'say', { text: 'Not found.' }),
      with_('open', 'hours', { schedule: 'office' }),
      with_('call', 'callback', { text: 'When?', schedule: 'office', slot: '30m', days: 1 }),
      with_('end', 'close', { reason: 'solved' }),
    ],
    edges: [
      edge('start', 'next', 'hello'),
      edge('hello', 'next', 'bot'),
      edge('bot', 'done', 'end'),
      edge('bot', 'idle', 'end'),
      edge('bot', 'intent:look', 'look'),
      edge('look', 'ok', 'found'),
      edge('look', 'failed', 'lost'),
      edge('found', 'next', 'bot'),
      edge('lost', 'next', 'bot'),
      edge('bot', 'intent:book', 'open'),
      edge('open', 'open', 'call'),
      edge('open', 'closed', 'ticket'),
      edge('call', 'booked', 'end'),
      edge('call', 'declined', 'bot'),
      edge('asks', 'fired', 'billing'),
      edge('billing', 'accepted', 'person'),
      edge('billing', 'timeout', 'ticket'),
      edge('ticket', 'created', 'end'),
      edge('ticket', 'failed', 'bot'),
      edge('person', 'resolved', 'end'),
      edge('person', 'handback', 'back'),
      edge('back', 'next', 'bot'),
    ].filter((each) => each.id !== 'bot-idle'),
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults, null, 2))
  return parsed.flow
}
