import type { AnyStateMachine } from 'xstate'
import { isOutsideType, type OutsideType } from '../conversation/events.ts'
import { compileExpressions, type Expressions } from '../flow/expressions.ts'
import { FlowFaults } from '../flow/fault.ts'
import { parseFlow, type Flow } from '../flow/parse.ts'
import { signalNames, type SignalName } from '../signals/index.ts'
import type { AnyNode, NodeOfKind } from '../kinds/index.ts'
import type { FlowTools } from '../kinds/moment.ts'
import { chart, type Chart, type ChartTimer } from './chart.ts'
import type { StateConfig } from './config.ts'
import { machineOf, moments, type Moments } from './machine.ts'
import { flowTools } from './tools.ts'

/** A flow ready to run: its machine and everything a step looks up. Made once a flow and kept as long as the flow is. */
export interface Compiled {
  readonly flow: Flow
  readonly chart: Chart
  readonly machine: AnyStateMachine
  readonly nodes: ReadonlyMap<string, AnyNode>
  readonly expressions: Expressions
  readonly tools: FlowTools
  readonly momentOf: Moments
  readonly timers: ReadonlyMap<string, ChartTimer>
  readonly timerOfEvent: ReadonlyMap<string, ChartTimer>
  readonly triggers: readonly NodeOfKind<'trigger'>[]
  /** The signals that this flow reads. */
  readonly signals: ReadonlySet<SignalName>
  /** The outside events that a state takes, by `phase.node` or `phase.node.rung`. */
  expects(path: string): readonly OutsideType[]
}

const compiledFlows = new WeakMap<object, Compiled>()

/**
 * The compiled form of a flow or of a flow document as it was read from a file; cached by the object itself.
 * @throws FlowFaults when the document is malformed.
 */
export function compiledFlow(input: object): Compiled {
  const known = compiledFlows.get(input)
  if (known) return known
  const parsed = parseFlow(input)
  if (!parsed.ok) throw new FlowFaults(parsed.faults)
  const compiled = compileParsed(parsed.flow)
  // The document as it was given and the flow as it was read: whoever asks with either has it.
  compiledFlows.set(input, compiled)
  compiledFlows.set(parsed.flow, compiled)
  return compiled
}

/**
 * Compiles a flow to one ordinary XState v5 machine: `createActor(compile(flow))` runs it.
 * @throws FlowFaults when the document is malformed.
 */
export function compile(flow: object): AnyStateMachine {
  return compiledFlow(flow).machine
}

function compileParsed(flow: Flow): Compiled {
  const nodes: ReadonlyMap<string, AnyNode> = new Map(flow.nodes.map((node) => [node.id, node]))
  const expressions = compileExpressions(flow, flow.nodes)
  const tools = flowTools(flow, nodes, expressions)
  const momentOf = moments(nodes, tools)
  const drawn = chart(flow)
  const triggers = flow.nodes.filter((node) => node.type === 'trigger')
  let machine: AnyStateMachine | undefined
  return {
    flow,
    chart: drawn,
    nodes,
    expressions,
    tools,
    momentOf,
    triggers,
    // Made when something runs: half of compiling is XState's, and a check of a chart runs nothing.
    get machine() {
      return (machine ??= machineOf(flow, drawn, nodes, momentOf))
    },
    timers: new Map(drawn.timers.map((timer) => [timer.id, timer])),
    timerOfEvent: new Map(drawn.timers.map((timer) => [timer.event, timer])),
    signals: signalsRead(triggers, expressions),
    expects: expectations(drawn),
  }
}

/** What triggers watch, and all of them where a condition reads `signals`. The mood is kept wherever anything is watched. */
function signalsRead(triggers: readonly NodeOfKind<'trigger'>[], { conditions }: Expressions): ReadonlySet<SignalName> {
  if ([...conditions.values()].some((condition) => condition.reads.some((path) => path.startsWith('signals'))))
    return new Set(signalNames)
  const watched = triggers.flatMap((node) => node.data.signals.map((each) => each.signal))
  return new Set<SignalName>(watched.length > 0 ? [...watched, 'sentiment'] : [])
}

function expectations({ config }: Chart): Compiled['expects'] {
  const known = new Map<string, readonly OutsideType[]>()
  return (path) => {
    const found = known.get(path)
    if (found) return found
    const types = new Set<OutsideType>()
    let state: StateConfig | undefined = config
    for (const part of ['', ...path.split('.')]) {
      if (part !== '') state = state?.states?.[part]
      for (const type of Object.keys(state?.on ?? {})) if (isOutsideType(type)) types.add(type)
    }
    const sorted = path.startsWith('closed.') ? [] : [...types].sort()
    known.set(path, sorted)
    return sorted
  }
}
