/** What may come next where somebody types: in a condition, and between the braces of a text. */
import { FUNCTIONS } from '#engine/expression/cel/functions.ts'
import { FILTERS } from '#engine/expression/liquid/filters.ts'
import type { Name } from './names.ts'

export interface Suggestion {
  readonly label: string
  /** What takes the place of the word that was begun. */
  readonly insert: string
  /** What it is: a type, or how a function is written. */
  readonly hint: string
}

export interface Completion {
  /** The word that was begun, as a range of the text. */
  readonly from: number
  readonly to: number
  readonly suggestions: readonly Suggestion[]
}

const MOST = 8

/** Completes a CEL condition at the caret; undefined where nothing is begun or nothing fits. */
export function completeCondition(source: string, caret: number, names: readonly Name[]): Completion | undefined {
  const before = source.slice(0, caret)
  if (insideText(before)) return undefined
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? ''
  if (word === '') return undefined
  const method = /^(.*)\.(\w*)$/.exec(word)
  const receiver = method ? names.find((name) => name.path === method[1]) : undefined
  const suggestions = [
    ...namesLike(names, word),
    ...(receiver && method ? methodsOf(receiver, method[2] ?? '') : plainFunctions(word)),
  ]
  return completion(caret, word, suggestions)
}

/** Completes a Liquid text at the caret, once `{{` or `{%` is open; the braces are closed where they are not yet. */
export function completeText(source: string, caret: number, names: readonly Name[]): Completion | undefined {
  const before = source.slice(0, caret)
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  if (open < 0 || /[%}]\}/.test(before.slice(open))) return undefined
  const inside = before.slice(open + 2)
  const word = /[A-Za-z_][\w.]*$/.exec(inside)?.[0] ?? ''
  if (/\|\s*\w*$/.test(inside)) return completion(caret, word, filtersLike(word))
  if (word === '' && before.charAt(open + 1) === '%') return undefined
  const close = before.charAt(open + 1) === '{' && !/^\s*(\}\}|\|)/.test(source.slice(caret)) ? ' }}' : ''
  const lead = word === '' && !/\s$/.test(inside) ? ' ' : ''
  return completion(
    caret,
    word,
    namesLike(names, word).map((each) => ({ ...each, insert: `${lead}${each.insert}${close}` })),
  )
}

function completion(caret: number, word: string, suggestions: readonly Suggestion[]): Completion | undefined {
  const others = suggestions.filter((each) => each.insert !== word).slice(0, MOST)
  return others.length === 0 ? undefined : { from: caret - word.length, to: caret, suggestions: others }
}

/** Whether the caret stands inside a quoted text. */
function insideText(before: string): boolean {
  let quote = ''
  for (let at = 0; at < before.length; at += 1) {
    const character = before.charAt(at)
    if (quote === '') quote = character === '"' || character === "'" ? character : ''
    else if (character === '\\') at += 1
    else if (character === quote) quote = ''
  }
  return quote !== ''
}

/** Names that begin with the word go first, then those that hold it. */
function namesLike(names: readonly Name[], word: string): readonly Suggestion[] {
  const sought = word.toLowerCase()
  const ranked = names
    .map((name) => ({ name, place: name.path.toLowerCase().indexOf(sought) }))
    .filter(({ place }) => place >= 0)
  return ranked
    .toSorted((one, other) => Math.min(one.place, 1) - Math.min(other.place, 1))
    .map(({ name: { path, type } }) => ({ label: path, insert: path, hint: type === 'any' ? '' : type }))
}

function methodsOf(receiver: Name, begun: string): readonly Suggestion[] {
  const { type, path } = receiver
  return distinct(
    FUNCTIONS.filter(
      (each) => each.onReceiver && each.name.startsWith(begun) && (type === 'any' || each.takes[0] === type),
    ),
  ).map((each) => ({ label: `.${each.name}()`, insert: `${path}.${each.name}(`, hint: each.usage }))
}

function plainFunctions(begun: string): readonly Suggestion[] {
  const known = { label: 'has()', insert: 'has(', hint: 'has(name)' }
  const functions = distinct(FUNCTIONS.filter((each) => !each.onReceiver && each.name.startsWith(begun))).map(
    (each) => ({ label: `${each.name}()`, insert: `${each.name}(`, hint: each.usage }),
  )
  return 'has'.startsWith(begun) ? [known, ...functions] : functions
}

function distinct<Entry extends { readonly name: string }>(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((each, index) => entries.findIndex((other) => other.name === each.name) === index)
}

function filtersLike(begun: string): readonly Suggestion[] {
  return [...FILTERS.keys()]
    .filter((name) => name.startsWith(begun))
    .map((name) => ({ label: name, insert: name, hint: '' }))
}
