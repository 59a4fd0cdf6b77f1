/**
 * What a caller may say of a flow's variables when a conversation begins. Law: a conversation begins with variables that
 * the flow declares, each of its type, or not at all: a misspelt or mistyped one would send customers the wrong way much
 * later. What is not known is left out.
 */
import type { Opening } from '../conversation/events.ts'
import { didYouMean } from '../expression/nearest.ts'
import type { VariableType } from '../flow/document.ts'
import { declarations } from '../flow/expressions.ts'
import { pointer } from '../flow/fault.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import { readAnswer } from '../kinds/ask/answer.ts'
import { wordsOf } from '../words/words.ts'
import { Refusal } from './result.ts'

/** @throws Refusal `invalid-opening` with every fault and its pointer into the opening, such as `/variables/amount`. */
export function admitOpening(flow: Flow, { variables = {} }: Opening): void {
  const given = Object.entries(variables)
  if (given.length === 0) return
  const declared = declarations(flow, flow.nodes)
  const errors = given.flatMap(([name, value]) => {
    const cure = Object.hasOwn(declared, name)
      ? mistyped(declared[name]?.type, value)
      : undeclared(name, Object.keys(declared))
    return cure === undefined ? [] : [{ pointer: pointer(['variables', name]), message: cure }]
  })
  if (errors.length === 0) return
  const faults = errors.map((error) => `${error.pointer} ${error.message}`).join('; ')
  throw new Refusal('invalid-opening', `The conversation cannot begin with these variables: ${faults}.`, [], errors)
}

function undeclared(name: string, declared: readonly string[]): string {
  return `is not a variable of this flow (${didYouMean(name, declared)}); declare it there, or leave it out`
}

/** What is wrong with a value and how to send it; undefined when it is of the type. */
function mistyped(type: VariableType | undefined, value: Json): string | undefined {
  if (value === null) return 'is null; leave it out while it is not known'
  switch (type) {
    case 'number':
      return typeof value === 'number'
        ? undefined
        : `must be a number${isNumeric(value) ? `: send ${Number(value)} without quotes` : ', such as 12.5'}`
    case 'yesno':
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false, without quotes'
    case 'list':
      return Array.isArray(value) ? undefined : 'must be a list, such as ["a", "b"]'
    case 'map':
      return typeof value === 'object' && !Array.isArray(value) ? undefined : 'must be an object, such as {"a": 1}'
    case 'email':
      return isText(value) && readAs('email', value) === value.trim().toLowerCase()
        ? undefined
        : 'must be an e-mail address, such as "ann@example.org"'
    case 'phone':
      return isText(value) && readAs('phone', value) !== undefined
        ? undefined
        : 'must be a phone number as a text, such as "+49 30 1234567"'
    case 'date':
      return isText(value) && isDate(value) ? undefined : 'must be a date as ISO 8601 writes it, such as "2026-03-31"'
    case 'text':
    case 'choice':
    case undefined:
      return isText(value)
        ? undefined
        : `must be a text${typeof value === 'object' ? '' : `: send "${String(value)}" in quotes`}`
    default:
      return type satisfies never
  }
}

function isText(value: Json): value is string {
  return typeof value === 'string'
}

function isNumeric(value: Json): boolean {
  return isText(value) && value.trim() !== '' && Number.isFinite(Number(value))
}

/** A day, or a moment of it. */
function isDate(text: string): boolean {
  const day = text.slice(0, 10)
  return readAs('date', day) === day && /^(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text.slice(10))
}

/** As an `ask` reads it. */
function readAs(as: 'email' | 'phone' | 'date', text: string): Json | undefined {
  return readAnswer(as, { text }, [], wordsOf('en'))
}
