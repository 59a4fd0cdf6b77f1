import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEndpoints } from '#server/network/index.ts'
import { isSecret, newSecret } from '#server/network/webhook.ts'
import { keptLog, type KeptLog } from '../effects/kept-log.ts'

let folder: string
let file: string
let log: KeptLog
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-endpoints-'))
  file = join(folder, 'data', 'bots.json')
  log = keptLog()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (content: unknown): void =>
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
const url = 'https://bots.example.com/billing'

test('1. an endpoint that is put is there at once, after a restart, and readable by its owner only', async () => {
  const endpoints = openEndpoints(file, log)
  expect(endpoints.list()).toEqual([])
  const put = await endpoints.put({ name: 'billing', url })
  expect(isSecret(put.secret)).toBe(true)
  expect(endpoints.get('billing')).toEqual(put)
  expect(openEndpoints(file, log).list()).toEqual([put])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'data'))).toEqual(['bots.json'])
})

test('an endpoint that was taken out and is put anew gets another secret: the old one may be why it went', async () => {
  const endpoints = openEndpoints(file, log)
  const { secret } = await endpoints.put({ name: 'billing', url })
  expect(endpoints.get('billing')?.secret).toBe(secret)
  await endpoints.remove('billing')
  const again = await endpoints.put({ name: 'billing', url })
  expect(again.secret).not.toBe(secret)
  expect(endpoints.get('billing')).toEqual(again)
})

test('2. put again with a new URL keeps the secret that the receiver knows; a given one takes its place', async () => {
  const endpoints = openEndpoints(file, log)
  const { secret } = await endpoints.put({ name: 'billing', url })
  expect(await endpoints.put({ name: 'billing', url: `${url}/2` })).toEqual({
    name: 'billing',
    url: `${url}/2`,
    secret,
  })
  const own = newSecret()
  expect((await endpoints.put({ name: 'billing', url, secret: own })).secret).toBe(own)
  expect(endpoints.list()).toHaveLength(1)
})

test('3. one that is removed is gone, and the others stay', async () => {
  const endpoints = openEndpoints(file, log)
  await endpoints.put({ name: 'billing', url })
  await endpoints.put({ name: 'orders', url })
  expect([await endpoints.remove('billing'), await endpoints.remove('billing')]).toEqual([true, false])
  expect(
    openEndpoints(file, log)
      .list()
      .map(({ name }) => name),
  ).toEqual(['orders'])
})

test('4. a file edited by hand counts from the next look, and gets the secrets it lacks', async () => {
  const endpoints = openEndpoints(file, log)
  await endpoints.put({ name: 'old', url })
  write([{ name: 'billing', url }])
  const billing = endpoints.get('billing')
  expect(isSecret(billing?.secret ?? '')).toBe(true)
  expect(endpoints.get('old')).toBeUndefined()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([billing])
  rmSync(file)
  expect(endpoints.list()).toEqual([])
})

test.each<[string, unknown]>([
  ['not JSON', '[{"name": "billing",'],
  ['not a list', { billing: url }],
  ['an unknown key', [{ name: 'billing', url, uri: url }]],
  ['a wrong scheme', [{ name: 'billing', url: 'ftp://bots.example.com' }]],
  ['a password', [{ name: 'billing', url: 'https://me:secret@bots.example.com' }]],
  ['a weak secret', [{ name: 'billing', url, secret: 'whsec_c2hvcnQ=' }]],
  [
    'a name twice',
    [
      { name: 'billing', url },
      { name: 'billing', url },
    ],
  ],
  ['a name that is a path', [{ name: '../billing', url }]],
])('5. a file that holds faults (%s) is named once in the log, and what was known stays in use', async (_, content) => {
  const endpoints = openEndpoints(file, log)
  const known = await endpoints.put({ name: 'billing', url })
  write(content)
  expect(endpoints.list()).toEqual([known])
  expect(endpoints.get('billing')).toEqual(known)
  expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
    expect.stringContaining(file),
  ])
})

test('6. what is malformed is refused and changes nothing', async () => {
  const endpoints = openEndpoints(file, log)
  const known = await endpoints.put({ name: 'billing', url })
  await expect(endpoints.put({ name: 'billing', url: 'nowhere' })).rejects.toThrow(/http or https URL/)
  await expect(endpoints.put({ name: 'a b', url })).rejects.toThrow(/must be a name/)
  expect(openEndpoints(file, log).list()).toEqual([known])
})
