import { expect, test } from 'vitest'
import { sentenceOf } from '#desk/admin/audit/sentence.ts'
import { words } from '#desk/words/en.ts'
import type { AuditRecord } from '#ui/administration/answers.ts'

const text = words.admin.audit
const ann = { kind: 'user', id: 'usr_ann', name: 'Ann' } as const

test('an entry reads as a sentence, with the names that people know', () => {
  const names = new Map([['key_1', 'Parcel bot']])
  const { who, did, what } = sentenceOf(record({ action: 'key.revoked', target: { kind: 'key', id: 'key_1' } }), names)
  expect([who, did, what]).toEqual(['Ann', text.did['key.revoked'], 'Parcel bot'])
})

test('what changed is told value by value, and what stayed is not', () => {
  const before = { name: 'Ben', role: 'agent', agent: 'ben', disabled: false }
  const change = { before, after: { name: 'Ben', role: 'supervisor', disabled: false } }
  const { changes, what } = sentenceOf(record({ action: 'user.changed', change }), new Map())
  expect(changes).toEqual([text.change('role', 'agent', 'supervisor'), text.change('agent', 'ben', text.nothing)])
  expect(what).toBe('Ben')
})

test('hashes and versions are not told as changes', () => {
  expect(sentenceOf(record({ change: { before: '"1"', after: '"2"' } }), new Map()).changes).toEqual([])
})

test('where nobody knows whether it was done, it is not told as done', () => {
  const after = { outcome: 'unknown', begunAt: '2026-11-21T12:00:00.000Z' }
  expect(sentenceOf(record({ change: { after } }), new Map()).changes).toEqual([text.outcomeUnknown])
})

test('who is gone is called by what the entry says, a stranger by the address, a key as a key', () => {
  const whoIs = (actor: AuditRecord['actor']): string => sentenceOf(record({ actor }), new Map()).who
  expect(whoIs({ kind: 'user', id: 'usr_gone', name: 'Gone' })).toBe('Gone')
  expect(whoIs({ kind: 'system', id: 'address:192.0.2.7' })).toBe(text.address('192.0.2.7'))
  expect(whoIs({ kind: 'key', id: 'key_9' })).toBe(text.key('key_9'))
  expect(whoIs({ kind: 'key', id: 'admin' })).toBe(text.configured)
})

test('an action of a newer server is still told', () => {
  expect(sentenceOf(record({ action: 'moon.landed' }), new Map()).did).toBe(text.otherwise('moon.landed'))
})

function record(given: Partial<AuditRecord>): AuditRecord {
  return {
    id: '1',
    at: '2026-11-21T12:00:00.000Z',
    actor: ann,
    action: 'flow.published',
    target: { kind: 'flow', id: 'shop' },
    hash: 'abc',
    ...given,
  }
}
