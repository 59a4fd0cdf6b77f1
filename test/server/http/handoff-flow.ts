/** A small flow through all phases; `team` is whom it waits for. It passes the check. */
export const handoffFlow = {
  baton: 1,
  id: 'handoff',
  name: 'Handoff',
  language: 'en',
  timezone: 'UTC',
  variables: {},
  nodes: [
    node('start', 'start', {}),
    node('bot', 'listen', {}),
    node('wantsPerson', 'trigger', { signals: [{ signal: 'explicitRequest' }] }),
    node('line', 'queue', { team: 'help', text: 'A colleague comes.', maxWait: '10m' }),
    node('person', 'agent', {}),
    node('back', 'handback', {}),
    node('later', 'ticket', { text: 'We write to you.', replyWithin: '1d' }),
    node('end', 'close', {}),
  ],
  edges: [
    edge('start', 'next', 'bot'),
    edge('bot', 'done', 'end'),
    edge('wantsPerson', 'fired', 'line'),
    edge('line', 'accepted', 'person'),
    edge('line', 'timeout', 'later'),
    edge('person', 'resolved', 'end'),
    edge('person', 'handback', 'back'),
    edge('back', 'next', 'bot'),
    edge('later', 'created', 'end'),
    edge('later', 'failed', 'end'),
  ],
  viewport: { x: 0, y: 0, zoom: 1 },
}

/** A flow that is well formed and from which no customer comes to a person: the check finds an error. */
export const personlessFlow = {
  ...handoffFlow,
  id: 'personless',
  nodes: handoffFlow.nodes.filter(({ id }) => ['start', 'bot', 'end'].includes(id)),
  edges: handoffFlow.edges.filter(({ source }) => ['start', 'bot'].includes(source)),
}

function node(id: string, type: string, data: object) {
  return { id, type, position: { x: 0, y: 0 }, data }
}

function edge(source: string, sourceHandle: string, target: string) {
  return { id: `${source}-${sourceHandle}`, source, sourceHandle, target }
}
