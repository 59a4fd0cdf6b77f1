import { expect, test } from 'vitest'
import { problemIn } from '#ui/request.ts'
import { faultOf, waitOf } from '#ui/sign-in/fault.ts'
import { words } from '#ui/sign-in/words.ts'

test('a wrong password, key and code each say what to do', () => {
  for (const way of ['password', 'key', 'code', 'change'] as const)
    expect(faultOf(way, problemIn(null, 401))).toEqual({ said: words.fault[way], wait: 0 })
})

test('too many tries name the seconds to wait, also where the server does not, or says a date', () => {
  expect(faultOf('password', problemIn(null, 429, '', '42')).wait).toBe(42)
  expect(faultOf('password', problemIn(null, 429)).wait).toBeGreaterThan(0)
  expect(faultOf('password', problemIn(null, 429, '', 'Wed, 21 Oct 2026 07:28:00 GMT')).wait).toBeGreaterThan(0)
})

test('a server that is away is not taken for a wrong password', () => {
  for (const status of [0, 502, 503])
    expect(faultOf('password', problemIn(null, status)).said).toBe(words.fault.unreachable)
})

test('what else the server refuses is said in its words', () => {
  const detail = 'The password must have 15 characters or more.'
  expect(faultOf('change', problemIn({ detail, errors: [] }, 422)).said).toBe(detail)
})

test('a fault of our own is not hidden as one of the server', () => {
  expect(() => faultOf('key', new TypeError('ours'))).toThrow(TypeError)
})

test('a wait is told in seconds, and in minutes that are never too few', () => {
  expect([1, 89, 90, 121].map(waitOf)).toEqual(['1 s', '89 s', '2 min', '3 min'])
})
