/**
 * A path to a node at which a name is not known. The engine shows a conversation only where it rests, so a node that is
 * passed at once is looked at by a probe: the same flow with a branch in its place, which asks whether the name is known.
 */
import { nodeOfState } from '../../conversation/state.ts'
import { compiledFlow } from '../../compile/compiled.ts'
import { reach } from '../../explore/reach.ts'
import type { Path, PathStep } from '../../explore/path.ts'
import { declarations } from '../../flow/expressions.ts'
import { parseFlow, type Flow } from '../../flow/parse.ts'
import type { AnyNode } from '../../kinds/index.ts'
import type { Json } from '../../flow/values.ts'
import { Refusal, type Stepped } from '../../step/result.ts'
import type { MachineContext, Snapshot } from '../../step/snapshot.ts'
import { startWith, step } from '../../step/step.ts'
import type { Examined } from '../rule.ts'
import type { Witness } from '../witness.ts'

/** Moves tried at most for one probe; probes, and probes in vain, of one check: it is asked for at every stroke. */
const EACH = 600
const MOST = 8
const IN_VAIN = 2
const sent = new WeakMap<Examined, { probes: number; inVain: number }>()
const UNKNOWN = 'notKnown'

export function pathWithout(examined: Examined, node: AnyNode, name: string): Witness {
  const {
    compiled: { flow },
    paths,
    pathTo,
  } = examined
  if (!paths) return {}
  if (isNeverKnown(node, name)) return pathTo({ node: node.id })
  if (!PASSED.has(node.type)) {
    return pathTo({
      at: node.id,
      holds: (snapshot) => isThere(snapshot, node.id) && isUnknown(snapshot.machine.context, name),
    })
  }
  const probed = probe(examined, node, name)
  const path = probed && replayed(flow, probed)
  return path === undefined ? { ...pathTo({ node: node.id }), confirmed: false } : { path, confirmed: true }
}

function probe(examined: Examined, node: AnyNode, name: string): Path | undefined {
  const count = sent.get(examined) ?? { probes: 0, inVain: 0 }
  sent.set(examined, count)
  if (count.probes >= MOST || count.inVain >= IN_VAIN) return undefined
  // A flow at its limits has no room for a probe.
  const parsed = parseFlow(withProbe(examined.compiled.flow, node, name))
  if (!parsed.ok) return undefined
  const path = reach(
    compiledFlow(parsed.flow),
    { outlet: { node: node.id, outlet: `case:${UNKNOWN}` } },
    { budget: EACH },
  )
  count.probes += 1
  count.inVain += path === undefined ? 1 : 0
  return path
}

/** Kinds that say or decide something and are left at once. */
const PASSED: ReadonlySet<string> = new Set<AnyNode['type']>(['say', 'branch', 'handback'])

/** What is never known at a node, or never in a flow that has no place for it. */
function isNeverKnown(node: AnyNode, name: string): boolean {
  return (
    !/^(?:vars|customer|agent|handoff)\./.test(name) ||
    name === 'handoff.note' ||
    (node.type === 'handback' && name.startsWith('agent.'))
  )
}

function isThere({ state }: Snapshot, node: string): boolean {
  return nodeOfState(state) === node
}

/** Whether a name of the customer's, the flow's or the person's has no value now. */
export function isUnknown({ vars, customer, agent, reason, note }: MachineContext, name: string): boolean {
  const [root = '', key = ''] = name.split('.')
  switch (root) {
    case 'vars':
      return isNothing(vars, key)
    case 'customer':
      return isNothing(customer, key)
    case 'agent':
      return agent === null
    case 'handoff':
      return key === 'note' ? note === null : reason === null
    default:
      return true
  }
}

function isNothing(held: Readonly<Record<string, Json>>, key: string): boolean {
  const value = Object.hasOwn(held, key) ? held[key] : undefined
  return value === undefined || value === null || value === ''
}

function withProbe(flow: Flow, node: AnyNode, name: string): Flow {
  const own = node.type === 'branch' ? node.data.cases : []
  const onward = flow.edges.find((edge) => edge.source === node.id)?.target ?? node.id
  const asked = {
    id: UNKNOWN,
    label: UNKNOWN,
    when: isText(flow, name) ? `!has(${name}) || ${name} == ""` : `!has(${name})`,
  }
  const probe: AnyNode = { id: node.id, position: node.position, type: 'branch', data: { cases: [asked, ...own] } }
  const edges = flow.edges.map((edge) =>
    edge.source === node.id && node.type !== 'branch' ? { ...edge, sourceHandle: 'else' } : edge,
  )
  return {
    ...flow,
    nodes: flow.nodes.map((each) => (each.id === node.id ? probe : each)),
    edges: [
      ...edges,
      { id: `${node.id}-${UNKNOWN}`, source: node.id, sourceHandle: `case:${UNKNOWN}`, target: onward },
    ],
  }
}

function isText(flow: Flow, name: string): boolean {
  const type = name.startsWith('vars.') ? declarations(flow, flow.nodes)[name.slice('vars.'.length)]?.type : 'text'
  return type !== undefined && !['number', 'yesno', 'boolean', 'list', 'map'].includes(type)
}

/** The same events as the flow itself takes them; undefined where it goes round from there, and so refuses the last. */
function replayed(flow: Flow, [first, ...rest]: Path): Path | undefined {
  if (first?.event.type !== 'conversation.started') return undefined
  try {
    const begun = startWith(flow, 0, first.event, first.at)
    const steps = [shown(first, begun)]
    rest.reduce((before, each) => {
      const stepped = step(flow, before.snapshot, each.event, each.at)
      steps.push(shown(each, stepped))
      return stepped
    }, begun)
    return steps
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function shown({ event, at }: PathStep, { snapshot: { state }, ways }: Stepped): PathStep {
  return { event, at, state, ways }
}
