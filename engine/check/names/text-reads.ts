/**
 * What a text says of the conversation without asking first whether it is known: where it is not, the customer reads a
 * gap. A name is asked for by `{% if … %}`, by `{% unless … %}`, by `{% case … %}`, or has a `default`.
 */
import {
  AssignTag,
  CaseTag,
  ForTag,
  IfTag,
  Output,
  TypeGuards,
  UnlessTag,
  type Expression,
  type Filter,
  type FilteredValueToken,
  type PropertyAccessToken,
  type Template,
  type Token,
} from 'liquidjs'
import { readTemplate } from '../../expression/liquid/read.ts'

/** The names a text shows bare, each by its first two parts, as in `vars.order`; in the order of the text. */
export function bareReads(source: string): readonly string[] {
  if (!source.includes('{{')) return []
  const templates = readTemplate(source)
  if ('message' in templates) return []
  const reads = new Set<string>()
  walk(templates, { asked: new Set(), locals: new Map(), reads })
  return [...reads]
}

interface Place {
  /** Names that were asked for on the way here. */
  readonly asked: ReadonlySet<string>
  /** Names of the text's own, with what they show bare. */
  readonly locals: Map<string, readonly string[]>
  readonly reads: Set<string>
}

function walk(templates: readonly Template[], place: Place): void {
  for (const template of templates) {
    if (template instanceof Output) shown(template.value, place).forEach((name) => place.reads.add(name))
    else if (template instanceof AssignTag) assign(template, place)
    else if (template instanceof IfTag || template instanceof UnlessTag) conditional(template, place)
    else if (template instanceof CaseTag) cases(template, place)
    else if (template instanceof ForTag) {
      walk(template.templates, {
        ...place,
        locals: new Map([...place.locals, [template.variable, []], ['forloop', []]]),
      })
      walk(template.elseTemplates, place)
    }
  }
}

interface Filtered {
  readonly initial: Expression
  readonly filters: FilteredValueToken['filters'] | readonly Filter[]
}

/** What is shown bare: the value, unless a `default` stands in for it, and what the filters take. */
function shown({ initial, filters }: Filtered, { asked, locals }: Place): readonly string[] {
  const given = filters.flatMap((filter) =>
    filter.args.flatMap((each) => (Array.isArray(each) ? [] : namesIn(each, locals))),
  )
  const isComputed = initial.postfix.some((token) => TypeGuards.isOperatorToken(token))
  const isSafe = isComputed || filters.some((filter) => filter.name === 'default')
  const value = isSafe ? [] : initial.postfix.flatMap((token) => namesIn(token, locals))
  // Each once: a value that is put to itself again and again would double what it shows every time.
  return [...new Set([...value, ...given])].filter((name) => !asked.has(name))
}

function assign(tag: AssignTag, place: Place): void {
  const [identifier] = tag.localScope()
  const [value] = tag.arguments()
  if (identifier && value && 'initial' in value) place.locals.set(identifier.content, shown(value, place))
}

function conditional(tag: IfTag | UnlessTag, place: Place): void {
  let { asked } = place
  tag.branches.forEach(({ value, templates }, index) => {
    const answers = answersOf(value.initial, place.locals)
    const [held, failed] =
      tag instanceof UnlessTag && index === 0 ? [answers.no, answers.yes] : [answers.yes, answers.no]
    walk(templates, { ...place, asked: new Set([...asked, ...held]) })
    asked = new Set([...asked, ...failed])
  })
  walk(tag.elseTemplates ?? [], { ...place, asked })
}

function cases(tag: CaseTag, place: Place): void {
  const named = tag.value.initial.postfix.flatMap((token) => namesIn(token, place.locals))
  for (const { templates } of tag.branches) walk(templates, { ...place, asked: new Set([...place.asked, ...named]) })
  walk(tag.elseTemplates, place)
}

/** The names that are known where a test holds, and where it does not. */
interface Answers {
  readonly yes: readonly string[]
  readonly no: readonly string[]
}

function answersOf({ postfix }: Expression, locals: Place['locals']): Answers {
  const stack: { readonly answers: Answers; readonly names: readonly string[]; readonly isNothing: boolean }[] = []
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      const names = namesIn(token, locals)
      stack.push({ answers: { yes: names, no: [] }, names, isNothing: isNothing(token) })
      continue
    }
    const right = stack.pop()
    const left = token.operator === 'not' ? right : stack.pop()
    if (left === undefined || right === undefined) return { yes: [], no: [] }
    const names = [...left.names, ...right.names]
    const compared = left.isNothing || right.isNothing ? { yes: [], no: names } : { yes: names, no: [] }
    stack.push({ names: [], isNothing: false, answers: joined(token.operator, left.answers, right.answers, compared) })
  }
  return stack[0]?.answers ?? { yes: [], no: [] }
}

function joined(operator: string, left: Answers, right: Answers, compared: Answers): Answers {
  switch (operator) {
    case 'and':
      return { yes: [...left.yes, ...right.yes], no: left.no.filter((name) => right.no.includes(name)) }
    case 'or':
      return { yes: left.yes.filter((name) => right.yes.includes(name)), no: [...left.no, ...right.no] }
    case 'not':
      return { yes: left.no, no: left.yes }
    case '!=':
      return { yes: compared.no, no: compared.yes }
    default:
      return compared
  }
}

function isNothing(token: Token): boolean {
  if (TypeGuards.isQuotedToken(token)) return token.content === ''
  return TypeGuards.isLiteralToken(token) && token.literal !== 'true' && token.literal !== 'false'
}

/** The names of the conversation in a value: of a local, those that it was given bare. */
function namesIn(token: Token, locals: Place['locals']): readonly string[] {
  if (TypeGuards.isFilteredValueToken(token)) return token.initial.postfix.flatMap((each) => namesIn(each, locals))
  return TypeGuards.isPropertyAccessToken(token) ? nameOf(token, locals) : []
}

function nameOf(token: PropertyAccessToken, locals: Place['locals']): readonly string[] {
  const [root, key] = token.variable === undefined ? token.props.map(writtenKey) : []
  if (root === undefined) return []
  return locals.get(root) ?? (key === undefined ? [] : [`${root}.${key}`])
}

function writtenKey(token: Token): string | undefined {
  return TypeGuards.isWordToken(token) || TypeGuards.isQuotedToken(token) ? token.content : undefined
}
