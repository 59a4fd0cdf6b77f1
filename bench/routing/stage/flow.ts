/** A flow whose customers wait for people who differ, by what the customer's page said of them. */
import { parseFlow, type Flow } from '#engine/index.ts'

export interface Need {
  readonly id: string
  readonly team: string
  readonly language?: string
  readonly skills?: Readonly<Record<string, number>>
}

/** Three teams, two languages, three levels of a skill; and one that nobody who is busy can meet. */
export const needs: readonly Need[] = [
  ...['sales', 'service', 'billing'].flatMap((team) =>
    ['en', 'de'].flatMap((language) =>
      [0, 2, 4].map((level) => ({
        id: `${team}${language}${level}`,
        team,
        language,
        ...(level === 0 ? {} : { skills: { returns: level } }),
      })),
    ),
  ),
  { id: 'idle', team: 'specialists', skills: { rare: 1 } },
]

export const FLOW = 'crowd'

export function crowdFlow(): Flow {
  const nodes = [
    node('start', 'start', {}),
    node('bot', 'listen', { idleAfter: '1d' }),
    node('asks', 'trigger', { signals: [{ signal: 'explicitRequest' }] }),
    node('which', 'branch', {
      cases: needs.map(({ id }) => ({ id, label: id, when: `vars.need == '${id}'` })),
    }),
    ...needs.map(({ id, ...asked }) => node(id, 'queue', { ...asked, text: 'One moment.', maxWait: '1d' })),
    node('person', 'agent', { intro: 'Hello.', goneAfter: '1d', idleAfter: '1d' }),
    node('back', 'handback', {}),
    node('end', 'close', {}),
  ]
  const edges = [
    edge('start', 'next', 'bot'),
    edge('bot', 'done', 'end'),
    edge('asks', 'fired', 'which'),
    ...needs.flatMap(({ id }) => [
      edge('which', `case:${id}`, id),
      edge(id, 'accepted', 'person'),
      edge(id, 'timeout', 'end'),
    ]),
    edge('which', 'else', 'end'),
    edge('person', 'resolved', 'end'),
    edge('person', 'handback', 'back'),
    edge('back', 'next', 'bot'),
  ]
  const parsed = parseFlow({
    baton: 1,
    id: FLOW,
    name: 'Crowd',
    language: 'en',
    timezone: 'UTC',
    variables: { need: { type: 'text' } },
    nodes,
    edges,
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults, null, 2))
  return parsed.flow
}

function node(id: string, type: string, data: object) {
  return { id, type, position: { x: 0, y: 0 }, data }
}

function edge(source: string, sourceHandle: string, target: string) {
  return { id: `${source}-${sourceHandle}`, source, sourceHandle, target }
}
