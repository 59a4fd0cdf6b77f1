/**
 * TaskRouter's expressions, read whole: comparisons of constants and names, with AND, OR and parentheses
 * (twilio.com/docs/taskrouter/expression-syntax). As in SQL, AND is read before OR.
 */
import { Malformed, tokensOf, type Token } from './lexer.ts'

export type Literal = string | number | boolean | null

/** A name by its parts: `object.array[2]` is `['object', 'array', 2]`. */
export interface Name {
  readonly kind: 'name'
  readonly path: readonly [string, ...(string | number)[]]
}

export type Operand =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'list'; readonly values: readonly Literal[] }
  | Name

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'CONTAINS' | 'HAS' | 'IN' | 'NOT IN'

export interface Comparison {
  readonly kind: 'comparison'
  readonly operator: Operator
  readonly left: Operand
  readonly right: Operand
}

/** All or any of its parts. */
export interface Joined {
  readonly kind: 'all' | 'any'
  readonly parts: readonly Expression[]
}

export type Expression = Comparison | Joined

export type ReadExpression =
  | { readonly ok: true; readonly expression: Expression; readonly isMixed: boolean }
  | { readonly ok: false; readonly message: string }

const MOST_CHARACTERS = 10_000
const DEEPEST = 32

/**
 * Reads an expression; `isMixed` when AND stands beside OR without parentheses, so that the order decides. What is
 * wrong comes with its column, from 1, and the cure. Never throws.
 */
export function readExpression(source: string): ReadExpression {
  if (source.length > MOST_CHARACTERS) {
    return { ok: false, message: `An expression has ${MOST_CHARACTERS} characters at most; part the filter.` }
  }
  try {
    const reader = new Reader(tokensOf(source), source.length)
    return { ok: true, expression: reader.whole(), isMixed: reader.isMixed }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return { ok: false, message: `At column ${error.at + 1}: ${error.message}` }
  }
}

/** A name as it is written. */
export function nameText({ path: [first, ...rest] }: Name): string {
  return first + rest.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #end: Token
  #next = 0
  isMixed = false

  constructor(tokens: readonly Token[], length: number) {
    this.#tokens = tokens
    this.#end = { kind: 'end', value: '', at: length }
  }

  whole(): Expression {
    const expression = this.#alternatives(0)
    const rest = this.#peek()
    if (rest.kind !== 'end') throw new Malformed(`“${rest.value}” is one too many; join parts with AND or OR.`, rest.at)
    return expression
  }

  #alternatives(depth: number): Expression {
    const first = this.#conjunction(depth)
    const all = [first]
    while (this.#accept('word', 'OR')) all.push(this.#conjunction(depth))
    if (all.length === 1) return joined('all', first)
    if (all.some((parts) => parts.length > 1)) this.isMixed = true
    return { kind: 'any', parts: all.map((parts) => joined('all', parts)) }
  }

  #conjunction(depth: number): Parts {
    const parts: [Expression, ...Expression[]] = [this.#part(depth)]
    while (this.#accept('word', 'AND')) parts.push(this.#part(depth))
    return parts
  }

  #part(depth: number): Expression {
    const { at } = this.#peek()
    if (!this.#accept('sign', '(')) return this.#comparison()
    if (depth >= DEEPEST) throw new Malformed(`Parentheses go more than ${DEEPEST} deep; write it flatter.`, at)
    const inside = this.#alternatives(depth + 1)
    this.#expect(')')
    return inside
  }

  #comparison(): Comparison {
    const left = this.#operand()
    const operator = this.#operator()
    return { kind: 'comparison', operator, left, right: this.#operand() }
  }

  #operator(): Operator {
    const token = this.#take()
    if (token.kind === 'sign' && isSign(token.value)) return token.value
    if (token.kind === 'word') {
      if (token.value === 'HAS' || token.value === 'IN' || token.value === 'CONTAINS') return token.value
      if (token.value === 'NOT' && this.#accept('word', 'IN')) return 'NOT IN'
    }
    const cure = 'compare it, as in vip == true, with ==, !=, <, <=, >, >=, CONTAINS, HAS, IN or NOT IN.'
    const here = token.kind === 'end' ? 'A value stands alone' : `“${token.value}” compares nothing`
    throw new Malformed(`${here}; ${cure}`, token.at)
  }

  #operand(): Operand {
    const token = this.#take()
    if (token.kind === 'name') return { kind: 'name', path: partsOf(token.value) }
    if (token.kind === 'sign' && token.value === '[') return { kind: 'list', values: this.#items() }
    const value = literalOf(token)
    if (value !== undefined) return { kind: 'literal', value }
    if (token.value === 'NOT') {
      throw new Malformed('TaskRouter has no NOT but NOT IN; compare with “!=” instead.', token.at)
    }
    const here = token.kind === 'end' ? 'The expression ends too early' : `“${token.value}” is no value`
    throw new Malformed(`${here}; a name, a text in quotes, a number, true, false or a list stands here.`, token.at)
  }

  /** The items of a list whose bracket is open. */
  #items(): readonly Literal[] {
    const values: Literal[] = []
    if (this.#accept('sign', ']')) return values
    do {
      const token = this.#take()
      const value = literalOf(token)
      if (value === undefined || value === null) {
        throw new Malformed('A list holds texts in quotes, numbers, true and false.', token.at)
      }
      values.push(value)
    } while (this.#accept('sign', ','))
    this.#expect(']')
    return values
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? this.#end
  }

  #take(): Token {
    const token = this.#peek()
    this.#next++
    return token
  }

  #accept(kind: Token['kind'], value: string): boolean {
    const token = this.#peek()
    if (token.kind !== kind || token.value !== value) return false
    this.#next++
    return true
  }

  #expect(sign: string): void {
    const { at } = this.#peek()
    if (!this.#accept('sign', sign)) throw new Malformed(`“${sign}” is missing here.`, at)
  }
}

type Parts = readonly [Expression, ...Expression[]]

function joined(kind: 'all' | 'any', parts: Parts): Expression {
  return parts.length === 1 ? parts[0] : { kind, parts }
}

const SIGNS = ['==', '!=', '<', '<=', '>', '>='] as const

function isSign(value: string): value is (typeof SIGNS)[number] {
  return SIGNS.some((sign) => sign === value)
}

function literalOf(token: Token): Literal | undefined {
  if (token.kind === 'text' || token.kind === 'number') return token.value
  return token.value === 'TRUE' ? true : token.value === 'FALSE' ? false : token.value === 'NULL' ? null : undefined
}

function partsOf(written: string): Name['path'] {
  const [first = '', ...rest] = written.split(/[.[\]]/).filter((part) => part !== '')
  return [first, ...rest.map((part) => (/^\d/.test(part) ? Number(part) : part))]
}
