/** What a flow makes known to its texts and conditions. */
import { variableTypes, type VariableType } from '#engine/flow/document.ts'
import type { Known } from '../condition/names.ts'
import { isRecord, type FlowDocument, type FlowNode } from '../../document/document.ts'

/** The flow's variables with those its questions bring along, and the keys of the profile it speaks of. */
export function knownIn(document: Pick<FlowDocument, 'nodes' | 'variables'>): Known {
  const asked: Record<string, { readonly type: VariableType }> = {}
  const profile = new Set<string>()
  for (const node of document.nodes) {
    const { variable, keys } = saidBy(node)
    if (variable) asked[variable.name] = { type: variable.type }
    for (const key of keys) profile.add(key)
  }
  // A file may declare a type that does not exist: the fault is said, and the name is not offered.
  const declared = Object.entries(document.variables).filter(([, { type }]) => variableTypes.includes(type))
  return { variables: { ...asked, ...Object.fromEntries(declared) }, profile: [...profile].toSorted() }
}

interface Said {
  readonly variable: { readonly name: string; readonly type: VariableType } | undefined
  readonly keys: readonly string[]
}

/** By node: a keystroke changes one, and the others are not read again. */
const said = new WeakMap<FlowNode, Said>()

function saidBy(node: FlowNode): Said {
  const remembered = said.get(node)
  if (remembered) return remembered
  const keys = [...(JSON.stringify(node.data) ?? '').matchAll(/\bcustomer\.([A-Za-z]\w*)/g)].flatMap(([, key]) =>
    key === undefined ? [] : [key],
  )
  const fresh: Said = { variable: askedBy(node), keys: [...new Set(keys)] }
  said.set(node, fresh)
  return fresh
}

/** A question declares what it asks for, as the engine's `declarations` has it. */
function askedBy({ type, data }: FlowNode): Said['variable'] {
  if (type !== 'ask' || !isRecord(data)) return undefined
  const as = variableTypes.find((each) => each === data['as'])
  const name = data['variable']
  return as !== undefined && typeof name === 'string' && name !== '' ? { name, type: as } : undefined
}
