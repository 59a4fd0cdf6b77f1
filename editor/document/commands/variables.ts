/**
 * Commands for variables. Renaming follows the name wherever the document speaks of it: in texts and conditions as
 * `vars.name` and `vars["name"]`, and in the fields of a kind's form that hold a variable. What a node's kind cannot
 * read stays as it is, and so does what a condition puts between quotes.
 */
import { words } from '../../words/en.ts'
import { cardOf } from '../card.ts'
import { isRecord, type FlowDocument, type FlowNode, type Variable } from '../document.ts'
import { sameJson } from '../same-json.ts'
import type { Command } from './command.ts'

/** What the engine admits as a variable's name. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** Adds a variable, or changes its type or label. */
export function setVariable(name: string, variable: Variable): Command {
  return {
    name: 'setVariable',
    label: words.document.changeVariable(name),
    burst: `variable ${name}`,
    apply: (document) =>
      sameJson(document.variables[name], variable)
        ? document
        : { ...document, variables: { ...document.variables, [name]: variable } },
  }
}

/** Takes a variable out of the list; where it is still used, the check says so. */
export function removeVariable(name: string): Command {
  return {
    name: 'removeVariable',
    label: words.document.removeVariable(name),
    apply(document) {
      if (!Object.hasOwn(document.variables, name)) return document
      const { [name]: _, ...variables } = document.variables
      return { ...document, variables }
    },
  }
}

/** Renames a variable everywhere. Refused when the other name is taken. */
export function renameVariable(from: string, to: string): Command {
  return {
    name: 'renameVariable',
    label: words.document.renameVariable(from, to),
    apply(document) {
      const declared = document.variables[from]
      if (from === to || !NAME.test(to) || !NAME.test(from) || Object.hasOwn(document.variables, to)) return document
      const nodes = document.nodes.map((node) => renamedIn(node, from, to))
      const used = nodes.some((node, index) => node !== document.nodes[index])
      if (!used && declared === undefined) return document
      const variables = Object.fromEntries(
        Object.entries(document.variables).map(([name, variable]) => [name === from ? to : name, variable]),
      )
      return { ...document, variables, nodes: used ? nodes : document.nodes }
    },
  }
}

/** The nodes that speak of a variable. */
export function usesOf(document: FlowDocument, name: string): readonly FlowNode[] {
  return NAME.test(name) ? document.nodes.filter((node) => renamedIn(node, name, `${name}_`) !== node) : []
}

/**
 * The document with the variables that a new node sets or speaks of: it can be saved from the first moment. A question
 * declares what it asks for by itself (the engine's `declarations`).
 */
export function withDeclared(document: FlowDocument, node: FlowNode): FlowDocument {
  const { kind } = cardOf(node)
  const read = kind?.data.safeParse(node.data)
  if (!kind || !read?.success) return document
  const sources = [...kind.texts(read.data), ...kind.conditions(read.data)].map(({ source }) => source)
  const spoken = sources.flatMap((source) =>
    [...source.matchAll(/(?<![\w.])vars\.([A-Za-z]\w{0,63})/g)].flatMap(([, name]) => name ?? []),
  )
  const known = new Set([...Object.keys(document.variables), ...document.nodes.flatMap(asked)])
  // What a call keeps is a whole answer; what is set or spoken of is most often a text.
  const kept = kind.form.flatMap(({ type, path }) =>
    type === 'variable' && isRecord(node.data) ? [node.data[path]] : [],
  )
  const missing = [...kind.sets(read.data), ...spoken].filter(
    (name) => NAME.test(name) && !known.has(name) && !asked(node).includes(name),
  )
  if (missing.length === 0) return document
  const added = Object.fromEntries(
    missing.map((name): [string, Variable] => [name, { type: kept.includes(name) ? 'map' : 'text' }]),
  )
  return { ...document, variables: { ...document.variables, ...added } }
}

function asked(node: FlowNode): readonly string[] {
  return node.type === 'ask' && isRecord(node.data) && typeof node.data['variable'] === 'string'
    ? [node.data['variable']]
    : []
}

function renamedIn(node: FlowNode, from: string, to: string): FlowNode {
  const { kind } = cardOf(node)
  const read = kind?.data.safeParse(node.data)
  if (!kind || !read?.success) return node
  const rewrite = (before: unknown, places: readonly { readonly path: string }[], how: typeof inTemplate): unknown =>
    places.reduce(
      (data, { path }) =>
        at(data, path.split('/'), (value) => (typeof value === 'string' ? how(value, from, to) : value)),
      before,
    )
  const renamed = rewrite(
    rewrite(node.data, kind.texts(read.data), inTemplate),
    kind.conditions(read.data),
    inExpression,
  )
  const swap = (value: unknown): unknown => (value === from ? to : value)
  const data = kind.form.reduce((before: unknown, field) => {
    if (field.type === 'variable') return at(before, [field.path], swap)
    if (field.type !== 'assignments') return before
    return at(before, [field.path], (rows) =>
      Array.isArray(rows) ? each(rows, (row: unknown) => at(row, ['variable'], swap)) : rows,
    )
  }, renamed)
  return data === node.data ? node : { ...node, data }
}

/** `vars.from` and `vars["from"]`, whole names only, in a text's `{{ }}` and `{% %}`. */
function inTemplate(template: string, from: string, to: string): string {
  return template.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (tag) => inExpression(tag, from, to))
}

/** The same in an expression; string literals stay. */
function inExpression(source: string, from: string, to: string): string {
  const spoken = new RegExp(
    `(?<![\\w.])vars(\\s*\\.\\s*${from}(?!\\w)|\\s*\\[\\s*(["'])${from}\\2\\s*\\])|"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'`,
    'g',
  )
  return source.replace(spoken, (whole, access: string | undefined) =>
    access === undefined ? whole : `vars${access.replace(from, to)}`,
  )
}

/** The value with what stands at `path` changed; the very same value when nothing changes. */
function at(value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    const next = at(value[Number(key)], rest, change)
    return next === value[Number(key)] ? value : value.with(Number(key), next)
  }
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value
  const next = at(value[key], rest, change)
  return next === value[key] ? value : { ...value, [key]: next }
}

function each(rows: readonly unknown[], change: (row: unknown) => unknown): readonly unknown[] {
  const next = rows.map(change)
  return next.some((row, index) => row !== rows[index]) ? next : rows
}
