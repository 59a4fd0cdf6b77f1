import { expect, test } from 'vitest'
import { readAllowList } from '#server/network/index.ts'

test('an operator lists hosts and ports, parted by commas or blanks, in any spelling of the same place', () => {
  const { allow, fault } = readAllowList(' bots.internal:8080,127.0.0.1:4000\n[::1]:4000 CRM.local:443 0x7f.1:80 ')
  expect(fault).toBeUndefined()
  expect([...allow]).toEqual(['bots.internal:8080', '127.0.0.1:4000', '[::1]:4000', 'crm.local:443', '127.0.0.1:80'])
  expect([...readAllowList('').allow]).toEqual([])
})

test.each([
  'bots.internal',
  ':8080',
  'bots.internal:',
  'bots.internal:0',
  'bots.internal:70000',
  'http://bots.internal:80',
  '*:80',
  'a b@c:80',
  '::1:4000',
  '127.0.0.1:80/path',
  '10.0.0.0/8',
])('an entry that is not host:port is named with its cure: %j', (entry) => {
  const { allow, fault } = readAllowList(`127.0.0.1:4000,${entry.replaceAll(' ', '')}`)
  expect(fault).toMatch(/OUTBOUND_ALLOW.*host:port/)
  expect(allow.size).toBe(0)
})
