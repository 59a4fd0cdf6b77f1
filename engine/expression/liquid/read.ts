import {
  AssignTag,
  BreakTag,
  CaseTag,
  CommentTag,
  ContinueTag,
  ForTag,
  IfTag,
  InlineCommentTag,
  Liquid,
  ParseError,
  RawTag,
  TokenizationError,
  UnlessTag,
  type Template,
} from 'liquidjs'
import { BUDGET } from '../budget.ts'
import type { SourceFault } from '../failure.ts'
import { didYouMean } from '../nearest.ts'

/** The tags of texts. What is not here (include, render, layout, capture, liquid, …) does not exist. */
const TAGS = {
  if: IfTag,
  unless: UnlessTag,
  case: CaseTag,
  for: ForTag,
  break: BreakTag,
  continue: ContinueTag,
  assign: AssignTag,
  comment: CommentTag,
  '#': InlineCommentTag,
  raw: RawTag,
} as const

const grammar = createGrammar()

/** The parts of a Liquid text, or what is wrong with it and where. */
export function readTemplate(source: string): readonly Template[] | SourceFault {
  try {
    return grammar.parse(source)
  } catch (error) {
    if (error instanceof ParseError || error instanceof TokenizationError) {
      return { message: explain(error.originalError?.message ?? error.message), column: error.token.begin + 1 }
    }
    return { message: 'The text cannot be read.' }
  }
}

function createGrammar(): Liquid {
  // An empty map of templates: there is no file to reach. Filters are resolved by the plan, never by the library.
  const liquid = new Liquid({ templates: {}, strictFilters: false, parseLimit: BUDGET.template })
  for (const name of Object.keys(liquid.tags)) if (!Object.hasOwn(TAGS, name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name)
  return liquid
}

/** The library's messages, by what they begin with, as sentences with a cure. */
function explain(message: string): string {
  const unknownTag = /^tag "(.*)" not found/.exec(message)?.[1]
  if (unknownTag !== undefined) {
    return /^(?:end|else|elsif|when)/.test(unknownTag)
      ? `“{% ${unknownTag} %}” belongs to no tag before it.`
      : `There is no tag “${unknownTag}”; ${didYouMean(unknownTag, Object.keys(TAGS))}`
  }
  if (/^tag .* not closed/s.test(message)) return `“${excerpt(message)}” is not closed; write its {% end… %}.`
  if (/^output .* not closed/s.test(message)) return '“{{” is not closed; write “}}”.'
  if (message.startsWith('invalid value expression')) return 'A name or a value is missing here.'
  if (message.startsWith('expected "|"')) {
    return 'This does not belong here; a filter begins with “|”, and “and” and “or” are words.'
  }
  if (message.startsWith('Maximum call stack')) return 'The text is nested too deeply.'
  return `This cannot be read: ${message.replace(/, line:\d+, col:\d+.*$/s, '')}.`
}

function excerpt(message: string): string {
  return /\{%.*?%\}/s.exec(message)?.[0].slice(0, 40) ?? '{% … %}'
}
