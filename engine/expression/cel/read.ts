import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js'
import { BUDGET } from '../budget.ts'
import type { SourceFault } from '../failure.ts'

// One parser for all conditions: names and types are checked by the plan, so its environment holds none.
const grammar = new Environment({
  limits: {
    maxAstNodes: BUDGET.nodes,
    maxDepth: BUDGET.nesting,
    maxListElements: 200,
    maxMapEntries: 100,
    maxCallArguments: 8,
  },
})

/** The syntax tree of a CEL expression, or what is wrong with it and where. */
export function readCondition(source: string): ASTNode | SourceFault {
  try {
    return grammar.parse(source).ast
  } catch (error) {
    if (error instanceof ParseError) return explain(error, source)
    return { message: 'The condition cannot be read.' }
  }
}

function explain(error: ParseError, source: string): SourceFault {
  const start = error.range?.start ?? 0
  return { message: sentence(error, source.slice(start)), column: start + 1 }
}

function sentence({ code, summary }: ParseError, rest: string): string {
  if (code === 'limit_exceeded') {
    return summary.includes('maxDepth')
      ? `The condition is nested too deeply (${BUDGET.nesting} levels at most).`
      : `The condition has too many parts (${BUDGET.nodes} at most).`
  }
  if (code === 'unexpected_character' || code === 'unexpected_token') return unexpected(rest)
  return `${summary.replaceAll(TOKEN_NAME, (name) => TOKEN_WORDS.get(name) ?? name)}.`
}

function unexpected(rest: string): string {
  const found = /^(?:\w+|[^\s\w]{1,2})/.exec(rest)?.[0]
  if (found === undefined) return 'The condition ends too early.'
  const cure = CURES.get(found) ?? CURES.get(found.charAt(0))
  return `“${found}” does not belong here${cure ? `; ${cure}` : ''}.`
}

/** What people write who know other languages. */
const CURES: ReadonlyMap<string, string> = new Map([
  ['=', 'write == to compare'],
  ['===', 'write == to compare'],
  ['and', 'write && for “and”'],
  ['or', 'write || for “or”'],
  ['&', 'write && for “and”'],
  ['|', 'write || for “or”'],
  ['is', 'write == to compare'],
  ['not', 'write ! for “not”'],
  ['“', 'write texts between straight quotes: "gold"'],
  ['‘', 'write texts between straight quotes: "gold"'],
  ['„', 'write texts between straight quotes: "gold"'],
])

const TOKEN_NAME = /\b(?:EOF|[LR](?:PAREN|BRACKET|BRACE)|IDENTIFIER|NUMBER|STRING|COLON|COMMA|[A-Z]{2,})\b/g
const TOKEN_WORDS: ReadonlyMap<string, string> = new Map([
  ['EOF', 'the end'],
  ['LPAREN', '“(”'],
  ['RPAREN', '“)”'],
  ['LBRACKET', '“[”'],
  ['RBRACKET', '“]”'],
  ['LBRACE', '“{”'],
  ['RBRACE', '“}”'],
  ['IDENTIFIER', 'a name'],
  ['NUMBER', 'a number'],
  ['STRING', 'a text'],
  ['COLON', '“:”'],
  ['COMMA', '“,”'],
  ['DOT', '“.”'],
  ['EQ', '“==”'],
  ['NE', '“!=”'],
  ['LT', '“<”'],
  ['LE', '“<=”'],
  ['GT', '“>”'],
  ['GE', '“>=”'],
  ['AND', '“&&”'],
  ['OR', '“||”'],
  ['NOT', '“!”'],
  ['IN', '“in”'],
  ['PLUS', '“+”'],
  ['MINUS', '“-”'],
  ['MULTIPLY', '“*”'],
  ['DIVIDE', '“/”'],
  ['MODULO', '“%”'],
  ['QUESTION', '“?”'],
  ['BOOLEAN', 'true or false'],
  ['NULL', 'null'],
])
