/** A threshold set to one value after the other: the same draft with another figure in one signal of one trigger. */
import type { Fault } from '../flow/fault.ts'
import { pointer } from '../flow/fault.ts'
import { parseFlow, type Flow } from '../flow/parse.ts'
import { signalFaces, signalNames, type SignalName } from '../signals/faces/index.ts'

/** Which figure is swept, such as `below` of `lowConfidence` in the trigger `unsure`. */
export interface SweptFigure {
  readonly trigger: string
  readonly signal: string
  readonly field: string
}

export type SweptFlow =
  { readonly ok: true; readonly flow: Flow } | { readonly ok: false; readonly faults: readonly Fault[] }

/** The draft with the figure at this value. Faults point into `{trigger, signal, field, value}`. */
export function withFigure(draft: Flow, { trigger, signal, field }: SweptFigure, value: number): SweptFlow {
  const node = draft.nodes.find((each) => each.id === trigger)
  if (node?.type !== 'trigger')
    return fault(
      'trigger',
      `“${trigger}” is not a trigger of this flow; its triggers are ${listed(triggersOf(draft))}`,
      trigger,
    )
  const index = node.data.signals.findIndex((each) => each.signal === signal)
  if (index < 0)
    return fault(
      'signal',
      `the trigger “${trigger}” does not watch “${signal}”; it watches ${listed(node.data.signals.map((each) => each.signal))}`,
      trigger,
    )
  const figures = figuresOf(signal)
  if (!figures.includes(field))
    return fault(
      'field',
      `“${field}” is not a figure of the signal “${signal}”; its figures are ${listed(figures)}`,
      trigger,
    )
  const signals = node.data.signals.map((each, at) => (at === index ? { ...each, [field]: value } : each))
  const nodes = draft.nodes.map((each) => (each.id === trigger ? { ...node, data: { ...node.data, signals } } : each))
  const parsed = parseFlow({ ...draft, nodes })
  if (parsed.ok) return parsed
  return fault('value', parsed.faults.map(({ message }) => message).join('; '), trigger)
}

/** The figures of a signal that can be swept. */
export function figuresOf(signal: string): readonly string[] {
  if (!isSignal(signal)) return []
  return signalFaces[signal].fields.filter(({ kind }) => kind === 'number').map(({ key }) => key)
}

function isSignal(name: string): name is SignalName {
  return signalNames.some((each) => each === name)
}

function triggersOf({ nodes }: Flow): readonly string[] {
  return nodes.filter(({ type }) => type === 'trigger').map(({ id }) => id)
}

function fault(at: keyof SweptFigure | 'value', message: string, node: string): SweptFlow {
  return { ok: false, faults: [{ pointer: pointer([at]), node, message }] }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
