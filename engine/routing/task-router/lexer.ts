/** The words of a TaskRouter expression. */

export type Token =
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly value: string; readonly at: number }
  | { readonly kind: 'word'; readonly value: Word; readonly at: number }
  | { readonly kind: 'sign'; readonly value: string; readonly at: number }
  | { readonly kind: 'end'; readonly value: ''; readonly at: number }

/** Written in capitals or not. */
const WORDS = ['AND', 'OR', 'NOT', 'IN', 'HAS', 'CONTAINS', 'TRUE', 'FALSE', 'NULL'] as const
export type Word = (typeof WORDS)[number]

/** What is wrong with an expression, and where: characters from its start. */
export class Malformed extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const PATTERNS = {
  space: /\s+/y,
  number: /-?\d+(\.\d+)?(?![A-Za-z0-9_])/y,
  word: /(AND|OR|NOT|IN|HAS|CONTAINS|TRUE|FALSE|NULL)(?![A-Za-z0-9_.])/iy,
  name: /[A-Za-z_][A-Za-z0-9_]*((\.[A-Za-z_][A-Za-z0-9_]*)|(\[\d{1,9}\]))*/y,
  sign: /==|!=|<=|>=|<|>|\(|\)|\[|\]|,/y,
} as const

/** @throws Malformed for what no expression holds */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  while (at < source.length) {
    const space = take(PATTERNS.space)
    if (space !== undefined) {
      at += space.length
      continue
    }
    const [token, length] = source[at] === '"' || source[at] === "'" ? quoted(source, at) : plain(take, at, source)
    tokens.push(token)
    at += length
  }
  return tokens
}

function plain(take: (pattern: RegExp) => string | undefined, at: number, source: string): readonly [Token, number] {
  const number = take(PATTERNS.number)
  if (number !== undefined) return [{ kind: 'number', value: Number(number), at }, number.length]
  const written = take(PATTERNS.word)
  const word = WORDS.find((each) => each === written?.toUpperCase())
  if (word !== undefined) return [{ kind: 'word', value: word, at }, word.length]
  const name = take(PATTERNS.name)
  if (name !== undefined) return [{ kind: 'name', value: name, at }, name.length]
  const sign = take(PATTERNS.sign)
  if (sign !== undefined) return [{ kind: 'sign', value: sign, at }, sign.length]
  const [character = ''] = source.slice(at)
  throw new Malformed(CURES[character] ?? `“${character}” means nothing here; take it out.`, at)
}

const CURES: Readonly<Record<string, string>> = {
  '=': '“=” compares nothing; write “==”.',
  '-': 'TaskRouter has no “-” in expressions; write names with “_”.',
  '!': 'Nothing is turned round with “!”; compare with “!=” or “NOT IN”.',
  '&': 'Write AND for “&”.',
  '|': 'Write OR for “|”.',
}

/** A text in single or double quotes; a backslash stands before a quote or a backslash. */
function quoted(source: string, from: number): readonly [Token, number] {
  const quote = source[from]
  let value = ''
  for (let at = from + 1; at < source.length; at++) {
    const character = source[at] ?? ''
    if (character === quote) return [{ kind: 'text', value, at: from }, at + 1 - from]
    const next = source[at + 1] ?? ''
    if (character !== '\\') value += character
    else if (next === '\\' || next === '"' || next === "'") {
      value += next
      at++
    } else throw new Malformed(`A text may hold \\\\, \\" and \\', not “\\${next}”; write the character itself.`, at)
  }
  throw new Malformed(`The text that begins here has no end; close it with ${quote}.`, from)
}
