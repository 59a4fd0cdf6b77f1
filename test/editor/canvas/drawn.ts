/** Small flows to draw in the canvas' tests. */
import {
  emptyDocument,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type Point,
} from '#editor/document/document.ts'

export function node(id: string, type: string, { x, y }: Point, data: unknown = dataOf(type)): FlowNode {
  return { id, type, position: { x, y }, data }
}

export function edge(source: string, sourceHandle: string, target: string): FlowEdge {
  return { id: `${source}.${sourceHandle}`, source, sourceHandle, target }
}

export function flow(nodes: readonly FlowNode[], edges: readonly FlowEdge[] = []): FlowDocument {
  return { ...emptyDocument('drawn', 'Drawn'), nodes, edges }
}

/** A talk with a watcher, a queue, a person and an end. */
export function smallFlow(): FlowDocument {
  return flow(
    [
      node('start', 'start', { x: 0, y: 0 }),
      node('hello', 'say', { x: 360, y: 0 }),
      node('order', 'ask', { x: 720, y: 0 }),
      node('wantsPerson', 'trigger', { x: 360, y: 400 }),
      node('line', 'queue', { x: 1080, y: 400 }),
      node('person', 'agent', { x: 1440, y: 400 }),
      node('end', 'close', { x: 1800, y: 400 }),
    ],
    [
      edge('start', 'next', 'hello'),
      edge('hello', 'next', 'order'),
      edge('order', 'answered', 'end'),
      edge('order', 'failed', 'hello'),
      edge('wantsPerson', 'fired', 'line'),
      edge('line', 'accepted', 'person'),
      edge('person', 'resolved', 'end'),
    ],
  )
}

function dataOf(type: string): unknown {
  switch (type) {
    case 'say':
      return { text: 'Good day' }
    case 'ask':
      return { text: 'Which order?', variable: 'orderNumber', as: 'text' }
    case 'trigger':
      return { signals: [{ signal: 'explicitRequest' }] }
    case 'queue':
      return { team: 'support', text: 'Please wait' }
    default:
      return {}
  }
}
