import {
  compileCondition,
  compileTemplate,
  type Condition,
  type TextTemplate,
  type VariableDeclarations,
} from '../expression/index.ts'
import { faceOf, type AnyNode } from '../kinds/faces.ts'
import type { FlowHead, VariableType } from './document.ts'
import { pointer, type Fault } from './fault.ts'
import type { Json } from './values.ts'

/** Every text and condition of a flow, compiled, by `<node>/<path>`. */
export interface Expressions {
  readonly texts: ReadonlyMap<string, TextTemplate>
  readonly conditions: ReadonlyMap<string, Condition<Json>>
}

/** Compiles the flow's texts and conditions against its variables; what does not compile is a fault with its place. */
export function compileExpressions(
  head: Pick<FlowHead, 'variables'>,
  nodes: readonly AnyNode[],
  indices?: ReadonlyMap<string, number>,
): Expressions & { readonly faults: readonly Fault[] } {
  const variables = declarations(head, nodes)
  const texts = new Map<string, TextTemplate>()
  const conditions = new Map<string, Condition<Json>>()
  const faults: Fault[] = []
  nodes.forEach((node, place) => {
    const index = indices?.get(node.id) ?? place
    faults.push(...variableFaults(variables, node, index))
    const face = faceOf(node)
    const fault = (path: string, message: string): void => {
      faults.push({ pointer: pointer(['nodes', index, 'data', ...path.split('/')]), node: node.id, message })
    }
    for (const { path, source } of face.texts(node.data)) {
      const compiled = compileTemplate(source, { variables })
      if (compiled.ok) texts.set(`${node.id}/${path}`, compiled.template)
      else for (const each of compiled.faults) fault(path, each.message)
    }
    for (const { path, source, returns, withValue } of face.conditions(node.data)) {
      const compiled = compileCondition<'bool' | 'number' | 'any'>(source, {
        variables,
        returns,
        ...(withValue ? { withValue } : {}),
      })
      if (compiled.ok) conditions.set(`${node.id}/${path}`, compiled.condition)
      else
        for (const each of compiled.faults)
          fault(path, each.column === undefined ? each.message : `${each.message} (column ${each.column})`)
    }
  })
  return { texts, conditions, faults }
}

/** The flow's variables, and those that its questions bring along: an ask declares what it asks for. */
export function declarations(head: Pick<FlowHead, 'variables'>, nodes: readonly AnyNode[]): VariableDeclarations {
  const asked = nodes.flatMap((node): [string, { readonly type: VariableType }][] =>
    node.type === 'ask' ? [[node.data.variable, { type: node.data.as }]] : [],
  )
  return { ...Object.fromEntries(asked), ...head.variables }
}

function variableFaults(variables: VariableDeclarations, node: AnyNode, index: number): Fault[] {
  const at = pointer(['nodes', index, 'data'])
  const undeclared = faceOf(node)
    .sets(node.data)
    .filter((variable) => !Object.hasOwn(variables, variable))
    .map((variable) => ({
      pointer: at,
      node: node.id,
      message: `The variable “${variable}” is not declared; add it to the flow’s variables with its type`,
    }))
  if (node.type !== 'ask') return undeclared
  const { variable, as } = node.data
  const declared = variables[variable]?.type
  if (declared === undefined || sort(declared) === sort(as)) return undeclared
  return [
    {
      pointer: `${at}/variable`,
      node: node.id,
      message: `“${variable}” is declared as ${declared} and asked for as ${as}; make the two agree`,
    },
  ]
}

/** Types whose values are of the same sort in conditions: an email is a text. */
function sort(type: VariableType): string {
  return type === 'number' || type === 'list' || type === 'map'
    ? type
    : type === 'yesno' || type === 'boolean'
      ? 'yesno'
      : 'text'
}
