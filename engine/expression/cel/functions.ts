/** The functions of conditions: those of CEL's standard that make sense over JSON, one entry each. */
import { BUDGET, spend, SPENT, weight, type Frame } from '../budget.ts'
import { fault, Failure } from '../failure.ts'
import type { JsonMap, Kind } from '../json.ts'
import { BOOL, listOf, NUMBER, TEXT, type StaticType } from '../static-type.ts'

export interface CelFunction {
  readonly name: string
  /** How it is written, for sentences: `text.contains(text)`. */
  readonly usage: string
  readonly onReceiver: boolean
  /** The kinds it takes; the receiver's first. */
  readonly takes: readonly Kind[]
  readonly gives: StaticType
  readonly run: (values: readonly unknown[], frame: Frame) => unknown
}

interface ByKind {
  null: null
  bool: boolean
  number: number
  text: string
  list: readonly unknown[]
  map: JsonMap
}
type Values<Takes extends readonly Kind[]> = { readonly [Index in keyof Takes]: ByKind[Takes[Index]] }
type Work<Takes extends readonly Kind[]> = (...values: [...Values<Takes>, Frame]) => unknown

/** `name(kinds)`. */
function plain<const Takes extends readonly Kind[]>(
  name: string,
  takes: Takes,
  gives: StaticType,
  work: Work<Takes>,
): CelFunction {
  return entry(name, `${name}(${takes.join(', ')})`, false, takes, gives, work)
}

/** `first kind.name(the other kinds)`. */
function method<const Takes extends readonly [Kind, ...Kind[]]>(
  name: string,
  takes: Takes,
  gives: StaticType,
  work: Work<Takes>,
): CelFunction {
  const [receiver, ...rest] = takes
  return entry(name, `${receiver}.${name}(${rest.join(', ')})`, true, takes, gives, work)
}

function entry<Takes extends readonly Kind[]>(
  name: string,
  usage: string,
  onReceiver: boolean,
  takes: Takes,
  gives: StaticType,
  work: Work<Takes>,
): CelFunction {
  return {
    name,
    usage,
    onReceiver,
    takes,
    gives,
    run: (values, frame) => {
      for (const value of values) if (!spend(frame, weight(value))) return SPENT
      // The call has held every value against `takes` just before.
      return work(...(values as Values<Takes>), frame)
    },
  }
}

export const FUNCTIONS: readonly CelFunction[] = [
  plain('size', ['text'], NUMBER, characters),
  plain('size', ['list'], NUMBER, (list) => list.length),
  plain('size', ['map'], NUMBER, (map) => Object.keys(map).length),
  plain('string', ['text'], TEXT, (text) => text),
  plain('string', ['number'], TEXT, (number) => String(number)),
  plain('string', ['bool'], TEXT, (bool) => String(bool)),
  plain('double', ['number'], NUMBER, (number) => number),
  plain('double', ['text'], NUMBER, toNumber),
  plain('int', ['number'], NUMBER, (number) => Math.trunc(number)),
  plain('int', ['text'], NUMBER, (text) => wholeOnly(toNumber(text), text)),

  method('size', ['text'], NUMBER, characters),
  method('size', ['list'], NUMBER, (list) => list.length),
  method('size', ['map'], NUMBER, (map) => Object.keys(map).length),
  method('contains', ['text', 'text'], BOOL, (text, part) => text.includes(part)),
  method('startsWith', ['text', 'text'], BOOL, (text, part) => text.startsWith(part)),
  method('endsWith', ['text', 'text'], BOOL, (text, part) => text.endsWith(part)),
  method('lowerAscii', ['text'], TEXT, (text) => text.toLowerCase()),
  method('upperAscii', ['text'], TEXT, (text) => text.toUpperCase()),
  method('trim', ['text'], TEXT, (text) => text.trim()),
  method('indexOf', ['text', 'text'], NUMBER, (text, part) => text.indexOf(part)),
  method('substring', ['text', 'number'], TEXT, (text, from) => substring(text, from, text.length)),
  method('substring', ['text', 'number', 'number'], TEXT, substring),
  method('split', ['text', 'text'], listOf(TEXT), split),
  method('join', ['list'], TEXT, (list, frame) => join(list, '', frame)),
  method('join', ['list', 'text'], TEXT, join),
]

/** Code points, as CEL counts them. */
function characters(text: string, frame: Frame): number | Failure {
  if (!spend(frame, text.length >> 3)) return SPENT
  let count = 0
  for (const _ of text) count++
  return count
}

const NUMERAL = /^[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?$/

function toNumber(text: string): number | Failure {
  const number = NUMERAL.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : notANumber(text)
}

function wholeOnly(number: number | Failure, text: string): number | Failure {
  return number instanceof Failure || Number.isInteger(number) ? number : notANumber(text)
}

function notANumber(text: string): Failure {
  return fault(`“${text.slice(0, 40)}” is not such a number`)
}

function split(text: string, by: string, frame: Frame): readonly string[] | Failure {
  return spend(frame, text.length) ? text.split(by) : SPENT
}

function substring(text: string, from: number, to: number): string | Failure {
  const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= text.length
  return inside ? text.slice(from, to) : fault('substring goes past the text')
}

function join(list: readonly unknown[], by: string, frame: Frame): string | Failure {
  let length = by.length * list.length
  for (const item of list) {
    if (typeof item !== 'string') return fault('join takes a list of texts; write .map(x, string(x)) before it')
    length += item.length
  }
  if (length > BUDGET.text) return fault(`a text of more than ${BUDGET.text} characters is too long`)
  return spend(frame, length >> 6) ? list.join(by) : SPENT
}
