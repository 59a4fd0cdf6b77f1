/** Small flows for the search: a few nodes, each with its edges. */
import { compiledFlow, type Compiled } from '#engine/index.ts'

export interface Drawn {
  readonly type: string
  readonly data?: object
  readonly to?: Readonly<Record<string, string>>
}

/** A flow from its nodes, `to` naming where each outlet leads. A bot that talks begins it, if nothing else is said. */
export function drawn(nodes: Readonly<Record<string, Drawn>>, variables: object = {}): Compiled {
  const all: Readonly<Record<string, Drawn>> = {
    start: { type: 'start', to: { next: 'bot' } },
    bot: { type: 'listen' },
    ...nodes,
  }
  return compiledFlow({
    baton: 1,
    id: 'small',
    name: 'Small',
    variables,
    nodes: Object.entries(all).map(([id, { type, data = {} }]) => ({ id, type, position: { x: 0, y: 0 }, data })),
    edges: Object.entries(all).flatMap(([source, { to = {} }]) =>
      Object.entries(to).map(([sourceHandle, target]) => ({
        id: `${source}-${sourceHandle}`,
        source,
        sourceHandle,
        target,
      })),
    ),
  })
}

/** Who asks for a person comes to a queue, and from there to one. */
export const desk: Readonly<Record<string, Drawn>> = {
  wantsPerson: { type: 'trigger', data: { signals: [{ signal: 'explicitRequest' }] }, to: { fired: 'line' } },
  line: {
    type: 'queue',
    data: { team: 'support', text: 'You are number {{ queue.position }}.' },
    to: { accepted: 'person', timeout: 'end' },
  },
  person: { type: 'agent', to: { resolved: 'end', handback: 'back' } },
  back: { type: 'handback' },
  end: { type: 'close' },
}
