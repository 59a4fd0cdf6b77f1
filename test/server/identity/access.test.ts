import { expect, test } from 'vitest'
import { createTokens, tokenOf } from '#server/http/tokens.ts'
import { createAccess } from '#server/identity/access.ts'
import type { KeyStore } from '#server/identity/keys.ts'
import { createRevision, TRUSTED } from '#server/identity/revision.ts'
import { IDLE, LONGEST } from '#server/identity/sessions.ts'
import { ADMIN_KEY, migratedDatabase } from './database.ts'
import { keysInMemory } from './memory.ts'

const postgres = migratedDatabase()
const NOW = Date.parse('2026-03-02T10:00:00.000Z')
const HOUR = 3_600_000
/** What is promised of a revocation; a stream asks two seconds later at the latest. */
const PROMISED = 5_000
const person = { name: 'Anna', role: 'supervisor', password: 'a hash' } as const
let people = 0
const fresh = () => ({ ...person, name: `Anna ${++people}` })

test('law 1: a key that one node revokes is refused by another before the promise runs out, and by itself at once', async () => {
  const [one, two] = [postgres.node(), postgres.node()]
  const { record, secret } = await one.keys.create({ role: 'bot' }, NOW)
  for (const node of [one, two]) expect(await node.access.find(secret, NOW)).toMatchObject({ key: record.id })
  await one.keys.revoke(record.id)
  expect(await one.access.find(secret, NOW)).toBeUndefined()
  expect(await two.access.find(secret, NOW + TRUSTED)).toBeUndefined()
  expect(2 * TRUSTED).toBeLessThan(PROMISED)
})

test('law 1: so is every other change by which somebody may do less', async () => {
  const [one, two] = [postgres.node(), postgres.node()]
  let now = NOW
  const openedByTwo = async (secret: string) => two.access.find(secret, (now += TRUSTED))
  const begun = async () => {
    const user = await one.users.create(fresh(), now)
    const session = await one.sessions.begin(user?.id ?? '', now)
    if (!user || !session) throw new Error('nobody')
    expect(await openedByTwo(session.secret)).toMatchObject({ key: user.id, role: 'supervisor', session: session.id })
    return { user, session }
  }
  const signedOut = await begun()
  await one.sessions.end(signedOut.session.id)
  expect(await openedByTwo(signedOut.session.secret)).toBeUndefined()

  const disabled = await begun()
  await one.users.change(disabled.user.id, { ...disabled.user, disabled: true })
  expect(await openedByTwo(disabled.session.secret)).toBeUndefined()
  expect(await one.sessions.begin(disabled.user.id, now)).toBeUndefined()

  const removed = await begun()
  await one.users.remove(removed.user.id)
  expect(await openedByTwo(removed.session.secret)).toBeUndefined()

  const demoted = await begun()
  await one.users.change(demoted.user.id, { ...demoted.user, role: 'designer' })
  expect(await openedByTwo(demoted.session.secret)).toMatchObject({ role: 'designer' })

  const changed = await begun()
  const other = await one.sessions.begin(changed.user.id, now)
  const was = (await one.users.password(changed.user.id)) ?? ''
  await one.users.changePassword(changed.user.id, 'another hash', { was, session: changed.session.id })
  expect(await openedByTwo(other?.secret ?? '')).toBeUndefined()
  expect(await openedByTwo(changed.session.secret)).toBeDefined()

  const key = await one.keys.create({ role: 'bot' }, now)
  expect(await openedByTwo(key.secret)).toBeDefined()
  await one.keys.rotate(key.record.id, 0, now)
  expect(await openedByTwo(key.secret)).toBeUndefined()
})

test('law 2: a new key and a new session work at once, also where they were asked for before they were there', async () => {
  const [one, two] = [postgres.node(), postgres.node()]
  expect(await two.access.find(`baton_bot_${'n'.repeat(43)}`, NOW)).toBeUndefined()
  const { secret } = await one.keys.create({ role: 'bot' }, NOW)
  expect(await two.access.find(secret, NOW)).toBeDefined()
})

test('law 3: what was read before a change is not believed after it, however late the answer comes', async () => {
  const keys = keysInMemory()
  const { record, secret } = await keys.create({ role: 'bot' }, NOW)
  let [revision, answer, asked] = [1, (): void => {}, 0]
  const arrives = new Promise<void>((resolve) => {
    answer = resolve
  })
  const slowAtFirst: KeyStore = {
    ...keys,
    async opened(hash, now) {
      const found = await keys.opened(hash, now)
      if (++asked === 1) await arrives
      return found
    },
  }
  const { sessions } = postgres.node()
  const access = createAccess({
    ...{ keys: slowAtFirst, sessions, adminKey: ADMIN_KEY, log: { warn: () => undefined } },
    revision: createRevision(async () => revision),
  })
  const early = access.find(secret, NOW)
  await expect.poll(() => asked).toBe(1)
  await keys.revoke(record.id)
  revision++
  expect(await access.find(secret, NOW + TRUSTED)).toBeUndefined()
  answer()
  await early
  expect(await access.find(secret, NOW + TRUSTED)).toBeUndefined()
})

test('law 4: while the database does not answer nobody is let in on what was believed before', async () => {
  const keys = keysInMemory()
  const { secret } = await keys.create({ role: 'bot' }, NOW)
  let gone = false
  const revision = createRevision(() => (gone ? Promise.reject(new Error('gone')) : Promise.resolve(1)))
  const { sessions } = postgres.node()
  const access = createAccess({ keys, sessions, adminKey: ADMIN_KEY, revision, log: { warn: () => undefined } })
  expect(await access.find(secret, NOW)).toBeDefined()
  gone = true
  expect(await access.find(secret, NOW + TRUSTED - 1)).toBeDefined()
  await expect(access.find(secret, NOW + TRUSTED)).rejects.toThrow('gone')
  // A clock that is set back makes what was believed no younger.
  await expect(access.find(secret, NOW - HOUR)).rejects.toThrow('gone')
})

test('a session ends twelve hours after its last call, wherever that was made, and thirty days after it began', async () => {
  const [one, two] = [postgres.node(), postgres.node()]
  const user = await one.users.create(fresh(), NOW)
  const session = await one.sessions.begin(user?.id ?? '', NOW)
  const secret = session?.secret ?? ''
  expect(await two.access.find(secret, NOW + IDLE - 1)).toBeDefined()
  await two.access.settle()
  expect(await one.access.find(secret, NOW + IDLE + HOUR)).toBeDefined()
  await one.access.settle()
  expect(await two.access.find(secret, NOW + IDLE + HOUR + IDLE)).toBeUndefined()
  let at = NOW
  const again = (await one.sessions.begin(user?.id ?? '', NOW))?.secret ?? ''
  for (; at < NOW + LONGEST; at += IDLE - HOUR) {
    expect(await one.access.find(again, at)).toBeDefined()
    await one.access.settle()
  }
  expect(await one.access.find(again, NOW + LONGEST)).toBeUndefined()
})

test('a session by which a stream is open and nothing is asked ends after twelve hours as well', async () => {
  const node = postgres.node()
  const user = await node.users.create(fresh(), NOW)
  const secret = (await node.sessions.begin(user?.id ?? '', NOW))?.secret ?? ''
  for (let at = NOW; at < NOW + IDLE; at += HOUR) {
    expect(await node.access.find(secret, at, true)).toBeDefined()
    await node.access.settle()
  }
  expect(await node.access.find(secret, NOW + IDLE, true)).toBeUndefined()
})

test('a person sees when a key was used last', async () => {
  const node = postgres.node()
  const { record, secret } = await node.keys.create({ role: 'bot' }, NOW)
  await node.access.find(secret, NOW + HOUR)
  await node.access.settle()
  expect(await node.keys.read(record.id)).toMatchObject({ lastUsedAt: new Date(NOW + HOUR).toISOString() })
})

test('the admin’s key of the configuration opens everything', async () => {
  expect(await postgres.node().access.find(ADMIN_KEY, NOW)).toEqual({ key: 'admin', role: 'admin' })
})

test('when customers’ tokens are rotated, those of before open until the overlap ends, on every node', async () => {
  const [one, two] = [postgres.node(), postgres.node()]
  const clock = { now: () => NOW }
  const [mine, theirs] = [createTokens(one.tokenSecrets, clock), createTokens(two.tokenSecrets, clock)]
  const early = await mine.issue('chat-1')
  const ancient = `baton_customer_${Buffer.from('chat-2').toString('base64url')}`
  expect(await theirs.open(early, NOW)).toBe('chat-1')
  await one.tokenSecrets.rotate(NOW + HOUR, NOW)
  const late = await mine.issue('chat-1')
  expect(late).not.toBe(early)
  expect(await theirs.open(late, NOW + TRUSTED)).toBe('chat-1')
  expect(await theirs.open(early, NOW + HOUR - 1)).toBe('chat-1')
  expect(await theirs.open(early, NOW + HOUR)).toBeUndefined()
  expect(await theirs.open(late, NOW + HOUR)).toBe('chat-1')
  await two.tokenSecrets.rotate(NOW, NOW)
  expect(await theirs.open(late, NOW + HOUR)).toBeUndefined()
  expect(await theirs.open(tokenOf('first secret', 'chat-1', NOW + 100 * HOUR), NOW)).toBeUndefined()
  expect(await theirs.open(ancient, NOW)).toBeUndefined()
})
