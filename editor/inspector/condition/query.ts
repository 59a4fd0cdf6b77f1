/**
 * Conditions as a drawing: CEL becomes the query that the builder shows, and a query becomes CEL again.
 * Law 1: what is drawn means what was written; what cannot be drawn is not drawn at all (undefined), never in part.
 * Law 2: writing, reading and writing a query gives the same text.
 * The reader is the engine's own, so a drawing never means another thing than the machine that runs.
 */
import type { RuleGroupType, RuleType } from 'react-querybuilder'
import { readCondition } from '#engine/expression/cel/read.ts'
import { literalText } from './literal.ts'
import { relations } from './relations.ts'

type Ast = Exclude<ReturnType<typeof readCondition>, { readonly message: string }>
type Query = RuleGroupType
type Part = Query['rules'][number]
type Literal = string | number | boolean

/** The query of a condition; an empty one for an empty text, undefined for what a drawing cannot show. */
export function readQuery(source: string): Query | undefined {
  if (source.trim() === '') return { combinator: 'and', rules: [] }
  const ast = readCondition(source)
  if ('message' in ast) return undefined
  const part = drawn(ast)
  if (part === undefined) return undefined
  return 'rules' in part ? part : { combinator: 'and', rules: [part] }
}

/** A query as CEL; empty where it holds no rule. */
export function writeQuery(query: Query): string {
  return groupText(simplified(query))
}

/** Without groups that hold nothing, and without those that only put braces around what means the same without. */
function simplified(query: Query): Query {
  const rules = query.rules.flatMap((part): readonly Part[] => {
    if (!('rules' in part)) return ruleText(part) === '' ? [] : [part]
    const group = simplified(part)
    const isPlain = group.not !== true && (group.combinator === query.combinator || group.rules.length < 2)
    return isPlain ? group.rules : group.rules.length === 0 ? [] : [group]
  })
  const [only, ...others] = rules
  if (only === undefined || others.length > 0 || !('rules' in only)) return { ...query, rules }
  if (query.not !== true) return only
  return only.not === true ? { ...query, rules } : { ...only, not: true }
}

function groupText(query: Query): string {
  const parts = query.rules.map((part) =>
    'rules' in part ? (part.not === true ? groupText(part) : `(${groupText(part)})`) : ruleText(part),
  )
  const joined = parts.join(query.combinator === 'or' ? ' || ' : ' && ')
  return query.not === true && joined !== '' ? negated(query, joined) : joined
}

/** Forms that “!” goes before without brackets. */
const STANDS_ALONE: ReadonlySet<string> = new Set(['bare', 'has', 'method'])

/** “Not” before one rule is that rule's own opposite, where it has one that CEL writes the same way. */
function negated(query: Query, joined: string): string {
  const [only, ...others] = query.rules
  const isRule = only !== undefined && others.length === 0 && !('rules' in only)
  const relation = isRule ? relations.find((each) => each.name === only.operator) : undefined
  return relation !== undefined && STANDS_ALONE.has(relation.form) && !relation.negative ? `!${joined}` : `!(${joined})`
}

function ruleText({ field, operator, value, valueSource }: RuleType): string {
  const relation = relations.find((each) => each.name === operator)
  const isNamed = valueSource === 'field'
  if (relation === undefined || field === '' || (isNamed && (typeof value !== 'string' || value === ''))) return ''
  const other = isNamed ? String(value) : valueText(value)
  const not = relation.negative ? '!' : ''
  switch (relation.form) {
    case 'infix':
      return `${field} ${relation.symbol} ${other}`
    case 'method':
      return `${not}${field}.${relation.symbol}(${other})`
    case 'bare':
      return `${not}${field}`
    case 'has':
      return `${not}has(${field})`
    case 'among':
      return relation.negative ? `!(${field} in ${listText(value)})` : `${field} in ${listText(value)}`
    case 'holds':
      return relation.negative ? `!(${other} in ${field})` : `${other} in ${field}`
    default:
      return relation.form satisfies never
  }
}

function valueText(value: unknown): string {
  return literalText(
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
      ? value
      : '',
  )
}

function listText(value: unknown): string {
  return `[${(Array.isArray(value) ? value : [value]).map(valueText).join(', ')}]`
}

function drawn(ast: Ast): Part | undefined {
  if (ast.op === '&&' || ast.op === '||') {
    const combinator = ast.op === '&&' ? 'and' : 'or'
    const rules = chain(ast, ast.op).map(drawn)
    return rules.every((each) => each !== undefined) ? { combinator, rules } : undefined
  }
  if (ast.op !== '!_') return rule(ast, false)
  const opposite = rule(ast.args, true)
  if (opposite) return opposite
  const inner = drawn(ast.args)
  if (inner === undefined) return undefined
  return 'rules' in inner && inner.not !== true
    ? { ...inner, not: true }
    : { combinator: 'and', not: true, rules: [inner] }
}

/** `a && b && c` is one row of three. */
function chain(ast: Ast, op: '&&' | '||'): readonly Ast[] {
  if (ast.op !== op) return [ast]
  const [left, right] = ast.args
  return [...chain(left, op), ...chain(right, op)]
}

function rule(ast: Ast, negative: boolean): RuleType | undefined {
  const name = nameOf(ast)
  if (name !== undefined) return named('bare', '', negative, name, null)
  switch (ast.op) {
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return negative ? undefined : compared(ast.op, ast.args[0], ast.args[1])
    case 'in':
      return listed(ast.args[0], ast.args[1], negative)
    case 'rcall':
      return called(ast.args[0], ast.args[1], ast.args[2], negative)
    case 'call': {
      const [subject] = ast.args[1]
      const known = ast.args[0] === 'has' && ast.args[1].length === 1 && subject ? nameOf(subject) : undefined
      return known?.includes('.') ? named('has', '', negative, known, null) : undefined
    }
    default:
      return undefined
  }
}

function compared(symbol: string, left: Ast, right: Ast): RuleType | undefined {
  const field = nameOf(left)
  return field === undefined ? undefined : against('infix', symbol, false, field, right)
}

function called(symbol: string, receiver: Ast, given: readonly Ast[], negative: boolean): RuleType | undefined {
  const field = nameOf(receiver)
  const [only] = given
  return field === undefined || only === undefined || given.length > 1
    ? undefined
    : against('method', symbol, negative, field, only)
}

function listed(left: Ast, right: Ast, negative: boolean): RuleType | undefined {
  const [one, many] = [nameOf(left), nameOf(right)]
  if (one !== undefined && right.op === 'list' && right.args.length > 0) {
    const values = right.args.map(literalOf)
    return values.every((each) => each !== undefined) ? named('among', '', negative, one, values) : undefined
  }
  const value = literalOf(left)
  return many !== undefined && value !== undefined ? named('holds', '', negative, many, value) : undefined
}

/** A rule against a value, or against another name. */
function against(
  form: 'infix' | 'method',
  symbol: string,
  negative: boolean,
  field: string,
  other: Ast,
): RuleType | undefined {
  const value = literalOf(other)
  if (value !== undefined) return named(form, symbol, negative, field, value)
  const name = nameOf(other)
  const found = name === undefined ? undefined : named(form, symbol, negative, field, name)
  return found && { ...found, valueSource: 'field' }
}

function named(
  form: string,
  symbol: string,
  negative: boolean,
  field: string,
  value: Literal | readonly Literal[] | null,
): RuleType | undefined {
  const relation = relations.find((each) => each.form === form && each.symbol === symbol && each.negative === negative)
  return relation && { field, operator: relation.name, value, valueSource: 'value' }
}

/** `customer.tier` as a dotted name. */
function nameOf(ast: Ast): string | undefined {
  if (ast.op === 'id') return ast.args
  if (ast.op !== '.') return undefined
  const parent = nameOf(ast.args[0])
  return parent === undefined ? undefined : `${parent}.${ast.args[1]}`
}

function literalOf(ast: Ast): Literal | undefined {
  if (ast.op === '-_') {
    const value = literalOf(ast.args)
    return typeof value === 'number' ? -value : undefined
  }
  if (ast.op !== 'value') return undefined
  const value = ast.args
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}
