import { handoffFlow } from '../http/handoff-flow.ts'

/** The handoff flow with a greeting in so many steps before it. */
export function longFlow(steps: number): typeof handoffFlow {
  const [first, ...rest] = handoffFlow.edges
  if (!first) throw new Error('It begins with an edge.')
  const greetings = Array.from({ length: steps }, (_, index) => `greeting-${index}`)
  const ways = [first.source, ...greetings].map((source, index) => ({
    id: `${source}-next`,
    source,
    sourceHandle: 'next',
    target: greetings[index] ?? first.target,
  }))
  return {
    ...handoffFlow,
    nodes: [
      ...handoffFlow.nodes,
      ...greetings.map((id) => ({ id, type: 'say', position: { x: 0, y: 0 }, data: { text: `I am ${id}.` } })),
    ],
    edges: [...ways, ...rest],
  }
}
