/**
 * What a condition comes to, and for which values of the names it reads: the cases in which it is true, in which it is
 * false, and in which it is not decided because something is not known. In the words of `expression/cel`, whose plans run.
 *
 * Laws, held against the evaluator by a test over random conditions and values:
 *   1. What a conversation makes of a condition is one of the outcomes that its values allow here.
 *   2. An outcome without a case comes about in no conversation. So “never true” is proved; “may be true” is not.
 * Parts that are not told apart (arithmetic, functions, one name against another) count as free, each text of them as one.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { FUNCTIONS } from '../../expression/cel/functions.ts'
import { readCondition } from '../../expression/cel/read.ts'
import { remember } from '../../expression/remember.ts'
import type { Json } from '../../flow/values.ts'
import { allOf, everyCase, noCase, oneOfThem, whereFree, whereIs, type Cases, type Domain } from './cases.ts'
import { both, compared, either, except, given, known, none, only, unknown, type Values } from './values.ts'

export interface Outcomes {
  readonly yes: Cases
  readonly no: Cases
  readonly undecided: Cases
}

/**
 * The outcomes of a condition that has been admitted.
 * @param lenient what is not known is simply not equal, not in a list and not a yes: as designers mean it
 */
export function outcomesOf(source: string, domain: Domain, lenient = false): Outcomes {
  const ast = astOf(source)
  return 'message' in ast ? free(source) : outcomes(ast, { domain, lenient })
}

/** Where the value of an expression is lost because a name it reads is not known. */
export function lostIn(source: string, domain: Domain): Cases {
  const ast = astOf(source)
  return 'message' in ast ? noCase : lost(ast, { domain, lenient: false })
}

/** Where a condition does not hold: it is false, or not decided. */
export function notTrue({ no, undecided }: Outcomes): Cases {
  return oneOfThem(no, undecided)
}

/** Several rules ask of the same condition. */
const read = remember<ReturnType<typeof readCondition>>(1_000)
const astOf = (source: string): ReturnType<typeof readCondition> => read(source, () => readCondition(source))

interface Reading {
  readonly domain: Domain
  readonly lenient: boolean
}
type Comparison = '<' | '<=' | '>' | '>='

function outcomes(node: ASTNode, reading: Reading): Outcomes {
  switch (node.op) {
    case 'value':
      return node.args === true ? constant('yes') : node.args === false ? constant('no') : free(keyOf(node))
    case '!_':
      return turned(outcomes(node.args, reading))
    case '&&':
      return turned(or(turned(outcomes(node.args[0], reading)), turned(outcomes(node.args[1], reading))))
    case '||':
      return or(outcomes(node.args[0], reading), outcomes(node.args[1], reading))
    case '?:':
      return choice(node.args, reading)
    case '==':
      return equality(node, node.args, reading)
    case '!=':
      return turned(equality(node, node.args, { ...reading, lenient: false }))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node, node.op, node.args, reading)
    case 'in':
      return membership(node, node.args, reading)
    case 'call':
      return node.args[0] === 'has' ? having(node, node.args[1][0], reading) : opaque(node, reading)
    default: {
      const path = pathOf(node)
      return path === undefined
        ? opaque(node, reading)
        : met(path, { ...none, yes: true }, { ...none, no: true }, reading)
    }
  }
}

function constant(outcome: keyof Outcomes): Outcomes {
  return { yes: noCase, no: noCase, undecided: noCase, [outcome]: everyCase }
}

function free(key: string): Outcomes {
  return { yes: whereFree(key, 'yes'), no: whereFree(key, 'no'), undecided: whereFree(key, 'undecided') }
}

function turned({ yes, no, undecided }: Outcomes): Outcomes {
  return { yes: no, no: yes, undecided }
}

/** As CEL has it: one side that holds decides, whatever the other comes to. */
function or(one: Outcomes, other: Outcomes): Outcomes {
  return {
    yes: oneOfThem(one.yes, other.yes),
    no: allOf(one.no, other.no),
    undecided: oneOfThem(allOf(one.undecided, notTrue(other)), allOf(one.no, other.undecided)),
  }
}

function choice([test, first, second]: readonly [ASTNode, ASTNode, ASTNode], reading: Reading): Outcomes {
  const asked = outcomes(test, reading)
  const [one, other] = [outcomes(first, reading), outcomes(second, reading)]
  const pick = (outcome: keyof Outcomes): Cases =>
    oneOfThem(allOf(asked.yes, one[outcome]), allOf(asked.no, other[outcome]))
  return { yes: pick('yes'), no: pick('no'), undecided: oneOfThem(asked.undecided, pick('undecided')) }
}

/** True for some values of a name, false for others, and not decided for all the rest. */
function met(path: string, yes: Values, no: Values, { domain, lenient }: Reading): Outcomes {
  const rest = except(either(yes, no))
  const [falseFor, openFor] = lenient ? [either(no, both(rest, unknown)), both(rest, known)] : [no, rest]
  return {
    yes: whereIs(path, yes, domain),
    no: whereIs(path, falseFor, domain),
    undecided: whereIs(path, openFor, domain),
  }
}

function having(node: ASTNode, path: ASTNode | undefined, { domain }: Reading): Outcomes {
  const name = path === undefined ? undefined : pathOf(path)
  if (name === undefined) return free(keyOf(node))
  return { yes: whereIs(name, known, domain), no: whereIs(name, unknown, domain), undecided: noCase }
}

function equality(node: ASTNode, [left, right]: readonly [ASTNode, ASTNode], reading: Reading): Outcomes {
  const { path, literal } = withLiteral(left, right) ?? withLiteral(right, left) ?? {}
  const same = literal === undefined ? undefined : only(literal)
  return path === undefined || same === undefined
    ? opaque(node, reading)
    : met(path, same, both(except(same), given), reading)
}

function membership(node: ASTNode, [left, right]: readonly [ASTNode, ASTNode], reading: Reading): Outcomes {
  const path = pathOf(left)
  const items = right.op === 'list' ? right.args.map(literalOf) : [undefined]
  const listed = items.reduce<Values | undefined>((all, item) => {
    const same = item === undefined ? undefined : only(item)
    return all === undefined || same === undefined ? undefined : either(all, same)
  }, none)
  return path === undefined || listed === undefined
    ? opaque(node, reading)
    : met(path, listed, both(except(listed), given), reading)
}

/** Where a name is held against a number; texts have an order too, which is not told apart here. */
function comparison(
  node: ASTNode,
  op: Comparison,
  [left, right]: readonly [ASTNode, ASTNode],
  reading: Reading,
): Outcomes {
  const plain = withLiteral(left, right)
  const { path, literal } = plain ?? withLiteral(right, left) ?? {}
  if (path === undefined || typeof literal !== 'number') return opaque(node, reading)
  const asRead = plain === undefined ? MIRRORED[op] : op
  return met(path, compared(asRead, literal), compared(OPPOSITE[asRead], literal), { ...reading, lenient: false })
}

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const satisfies Record<Comparison, Comparison>
const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const satisfies Record<Comparison, Comparison>

/** A part that is not told apart. Where it has an outcome, what it reads is known. */
function opaque(node: ASTNode, { domain, lenient }: Reading): Outcomes {
  const key = keyOf(node)
  const needed = readsOf(node, known)
  const decided = (outcome: 'yes' | 'no'): Cases =>
    allOf(whereFree(key, outcome), ...(needed ?? []).map(({ path, values }) => whereIs(path, values, domain)))
  const undecided = whereFree(key, 'undecided')
  const isMeantAsNo = lenient && (node.op === '==' || node.op === 'in')
  return isMeantAsNo
    ? { yes: decided('yes'), no: oneOfThem(decided('no'), undecided), undecided: noCase }
    : { yes: decided('yes'), no: decided('no'), undecided }
}

interface Need {
  readonly path: string
  readonly values: Values
}

/** What must be known for a part to have a value; undefined where that depends on the rest of it. */
function readsOf(node: ASTNode, values: Values): readonly Need[] | undefined {
  const path = pathOf(node)
  if (path !== undefined) return [{ path, values }]
  switch (node.op) {
    case 'value':
      return []
    case 'list':
      return all(node.args, given)
    case '==':
    case '!=':
    case 'in':
      return all(node.args, given)
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return all(node.args, known)
    case '!_':
    case '-_':
      return readsOf(node.args, known)
    case 'call':
      return FUNCTION_NAMES.has(node.args[0]) ? all(node.args[1], known) : undefined
    case 'rcall':
      return FUNCTION_NAMES.has(node.args[0]) ? all([node.args[1], ...node.args[2]], known) : undefined
    default:
      return undefined
  }
}

const FUNCTION_NAMES: ReadonlySet<string> = new Set([...FUNCTIONS.map((each) => each.name), 'matches'])

function all(nodes: readonly ASTNode[], values: Values): readonly Need[] | undefined {
  const reads = nodes.map((node) => readsOf(node, values))
  return reads.every((each) => each !== undefined) ? reads.flat() : undefined
}

/** A literal that empties the name it is assigned to stands for a name that is never known. */
const EMPTIED = '(nothing)'

function lost(node: ASTNode, reading: Reading): Cases {
  const path = pathOf(node)
  if (path !== undefined) return whereIs(path, unknown, reading.domain)
  switch (node.op) {
    case 'value':
      return node.args === null || node.args === '' ? whereIs(EMPTIED, unknown, () => unknown) : noCase
    case '?:': {
      const [test, first, second] = node.args
      const asked = outcomes(test, reading)
      return oneOfThem(asked.undecided, allOf(asked.yes, lost(first, reading)), allOf(asked.no, lost(second, reading)))
    }
    case '&&':
    case '||':
    case '!_':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
      return outcomes(node, reading).undecided
    default:
      return oneOfThem(
        ...(readsOf(node, known) ?? []).map((need) => whereIs(need.path, except(need.values), reading.domain)),
      )
  }
}

/** The dotted name that a part reads, as `Condition.reads` writes it; undefined where it is no name written out. */
function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args === 'value' ? 'value' : undefined
  if (node.op === '.') return part(node.args[0], node.args[1])
  if (node.op === '[]') {
    const key = literalOf(node.args[1])
    return typeof key === 'string' ? part(node.args[0], key) : undefined
  }
  return undefined
}

function part(holder: ASTNode, key: string): string | undefined {
  const path = holder.op === 'id' ? holder.args : pathOf(holder)
  return path === undefined ? undefined : `${path}.${key}`
}

function withLiteral(named: ASTNode, written: ASTNode): { readonly path: string; readonly literal: Json } | undefined {
  const path = pathOf(named)
  const literal = literalOf(written)
  return path === undefined || literal === undefined ? undefined : { path, literal }
}

function literalOf(node: ASTNode): Json | undefined {
  if (node.op === '-_') {
    const number = literalOf(node.args)
    return typeof number === 'number' ? -number : undefined
  }
  if (node.op !== 'value') return undefined
  const { args } = node
  if (typeof args === 'bigint') return Number(args)
  return args === null || typeof args === 'string' || typeof args === 'number' || typeof args === 'boolean'
    ? args
    : undefined
}

/** The part as written, without its blanks: the same part has the same key. */
function keyOf(node: ASTNode): string {
  return JSON.stringify(node.toOldStructure(), (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
