/**
 * Matchers for `expect.extend`, of any runner that takes Jest's form. They are plain functions and know no runner:
 *
 *   expect.extend(matchers)
 *   declare module 'vitest' { interface Matchers<T> extends BatonMatchers<T> {} }
 */
import { isEqual } from '../simulate/expect.ts'
import type { Json } from '../flow/values.ts'
import type { OutsideType } from '../conversation/events.ts'
import type { Conversed } from './conversed.ts'

export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
  readonly actual?: unknown
  readonly expected?: unknown
}

/** What the matchers add to `expect(conversation)`. */
export interface BatonMatchers<R> {
  /** In a phase (`queued`) or a state (`queued.billing`). */
  toBeIn(where: string): R
  /** The customer was told this: a part of a text, or a pattern. */
  toHaveSaid(what: string | RegExp): R
  /** `bot`, `queue` or `agent:<id>`. */
  toBeOwnedBy(owner: 'bot' | 'queue' | `agent:${string}`): R
  /** It takes this event now. */
  toExpect(type: OutsideType): R
  toHaveTimer(id: string): R
  toHaveVariable(name: string, value: Json): R
  toBeClosedWith(reason: string): R
  /** It went to a person for this reason: a part of the sentence, or a pattern. */
  toHaveReason(what: string | RegExp): R
}

type Matchers = {
  readonly [Name in keyof BatonMatchers<unknown>]: (
    received: Conversed,
    ...expected: Parameters<BatonMatchers<unknown>[Name]>
  ) => MatcherResult
}

export const matchers: Matchers = {
  toBeIn: (received, where) =>
    result(received, where === received.phase || where === received.state, {
      wanted: `to be in “${where}”`,
      found: `it is in “${received.state}”`,
      expected: where,
      actual: where.includes('.') ? received.state : received.phase,
    }),
  toHaveSaid: (received, what) =>
    result(received, isToldIn(what, received.said), {
      wanted: `to have said ${quoted(what)}`,
      found:
        received.said.length === 0
          ? 'it said nothing'
          : `it said\n${received.said.map((text) => `  “${text}”`).join('\n')}`,
      expected: what,
      actual: received.said,
    }),
  toBeOwnedBy: (received, owner) =>
    result(received, received.owner === owner, {
      wanted: `to be owned by “${owner}”`,
      found: `it is owned by “${received.owner}”`,
      expected: owner,
      actual: received.owner,
    }),
  toExpect: (received, type) =>
    result(received, received.expects.includes(type), {
      wanted: `to expect “${type}”`,
      found: `it expects ${listed(received.expects)}`,
      expected: type,
      actual: received.expects,
    }),
  toHaveTimer: (received, id) =>
    result(received, Object.hasOwn(received.timers, id), {
      wanted: `to have the timer “${id}”`,
      found: `it has ${listed(Object.keys(received.timers))}`,
      expected: id,
      actual: Object.keys(received.timers),
    }),
  toHaveVariable: (received, name, value) => {
    const actual = Object.hasOwn(received.variables, name) ? (received.variables[name] ?? null) : undefined
    return result(received, actual !== undefined && isEqual(actual, value), {
      wanted: `to have the variable “${name}” as ${JSON.stringify(value)}`,
      found:
        actual === undefined
          ? `it knows ${listed(Object.keys(received.variables))}`
          : `it is ${JSON.stringify(actual)}`,
      expected: value,
      actual,
    })
  },
  toBeClosedWith: (received, reason) =>
    result(received, received.closed === reason, {
      wanted: `to be closed with “${reason}”`,
      found: received.closed === null ? 'it is open' : `it was closed with “${received.closed}”`,
      expected: reason,
      actual: received.closed,
    }),
  toHaveReason: (received, what) =>
    result(received, received.reason !== null && isToldIn(what, [received.reason]), {
      wanted: `to have the reason ${quoted(what)}`,
      found: received.reason === null ? 'it has none' : `its reason is “${received.reason}”`,
      expected: what,
      actual: received.reason,
    }),
}

interface Wording {
  readonly wanted: string
  readonly found: string
  readonly expected: unknown
  readonly actual: unknown
}

function result(received: Conversed, pass: boolean, { wanted, found, expected, actual }: Wording): MatcherResult {
  const message = (): string =>
    `expected the conversation ${pass ? 'not ' : ''}${wanted}; ${found}\n${whereabouts(received)}`
  return { pass, message, expected, actual }
}

/** What helps to see why: where it stands, and what was said last. */
function whereabouts({ state, owner, said, expects, timers, closed }: Conversed): string {
  const last = said.at(-1)
  return [
    `  state    ${state} (owner: ${owner})${closed === null ? '' : `, closed with “${closed}”`}`,
    ...(last === undefined ? [] : [`  said     “${last}”`]),
    `  expects  ${listed(expects)}`,
    `  timers   ${listed(Object.keys(timers))}`,
  ].join('\n')
}

/** A text means itself here, slashes and all; a pattern is a RegExp. */
function isToldIn(what: string | RegExp, texts: readonly string[]): boolean {
  return typeof what === 'string'
    ? texts.some((text) => text.includes(what))
    : texts.some((text) => new RegExp(what.source, what.flags.replace(/[gy]/g, '')).test(text))
}

function quoted(what: string | RegExp): string {
  return typeof what === 'string' ? `“${what}”` : String(what)
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
