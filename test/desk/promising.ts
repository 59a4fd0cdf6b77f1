/** A flow that promises at once: an answer to whom it asks nothing, or a call to who books one. Its queue is the support team's. */
import { weekdays } from '#engine/hours/index.ts'
import { parseFlow, type Flow } from '#engine/index.ts'
import type { Office } from './office.ts'

export function promisingFlow(promise: 'ticket' | 'callback'): Flow {
  const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data })
  const edge = (source: string, sourceHandle: string, target: string) => ({
    id: `${source}-${sourceHandle}`,
    source,
    sourceHandle,
    target,
  })
  const schedule = {
    timezone: 'Europe/Berlin',
    week: Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]])),
  }
  const promises =
    promise === 'ticket'
      ? node('promise', 'ticket', { text: 'We write to you.', replyWithin: '4h', collect: [] })
      : node('promise', 'callback', { text: 'When?', schedule, slot: '30m', days: 3 })
  const parsed = parseFlow({
    baton: 1,
    id: promise,
    name: promise,
    language: 'en',
    timezone: 'Europe/Berlin',
    variables: {},
    nodes: [
      node('start', 'start', {}),
      promises,
      node('end', 'close', { reason: 'ticket' }),
      node('asks', 'trigger', { signals: [{ signal: 'explicitRequest' }] }),
      node('people', 'queue', { team: 'support', text: 'One moment.', maxWait: '10m' }),
      node('person', 'agent', { goneAfter: '5m', idleAfter: '1h' }),
    ],
    edges: [
      edge('start', 'next', 'promise'),
      ...(promise === 'ticket'
        ? [edge('promise', 'created', 'end'), edge('promise', 'failed', 'end')]
        : [edge('promise', 'booked', 'end'), edge('promise', 'declined', 'end')]),
      edge('asks', 'fired', 'people'),
      edge('people', 'accepted', 'person'),
      edge('people', 'timeout', 'end'),
      edge('person', 'resolved', 'end'),
      edge('person', 'handback', 'end'),
    ],
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults, null, 2))
  return parsed.flow
}

export const promisingFlows: readonly Flow[] = [promisingFlow('ticket'), promisingFlow('callback')]

/** Somebody is promised an answer. Resolves to the conversation's id. */
export async function owesAnswer(
  { server: { admin } }: Office,
  name: string,
  email = `${name.toLowerCase()}@home.example`,
): Promise<string> {
  const id = `owed-${name}`
  await admin.call('POST', '/v1/conversations', {
    flow: 'ticket',
    id,
    customer: { name, email },
    page: 'https://shop.example/orders',
  })
  return id
}

/** Somebody books the first call that is offered. Resolves to when it is, epoch ms. */
export async function booksCall({ server: { admin, with: caller } }: Office, name: string): Promise<number> {
  const id = `call-${name}`
  // What API.md's `POST /v1/conversations` answers.
  const begun = (await admin.call('POST', '/v1/conversations', {
    flow: 'callback',
    id,
    customer: { name, phone: '+49 30 1234567' },
  })) as {
    customerToken: string
    messages: { quickReplies?: { id: string; title: string }[] }[]
  }
  const [first] = begun.messages.at(-1)?.quickReplies ?? []
  const choice = first?.id ?? ''
  await caller(begun.customerToken).call('POST', `/v1/conversations/${id}/events`, {
    type: 'customer.message',
    text: 'That one',
    choice,
  })
  return Date.parse(choice)
}
