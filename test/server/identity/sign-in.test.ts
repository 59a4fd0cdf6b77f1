import { expect, test } from 'vitest'
import { CODE_LASTS, createSignIn } from '#server/identity/sign-in.ts'
import { migratedDatabase } from './database.ts'

const postgres = migratedDatabase()
const NOW = Date.parse('2026-03-02T10:00:00.000Z')
const PASSWORD = 'nine blue kettles sing'
let people = 0

async function someone() {
  const node = postgres.node()
  const name = `Anna ${++people}`
  const user = await node.users.create(
    { name, role: 'agent', agent: 'anna', password: await node.passwords.hash(PASSWORD) },
    NOW,
  )
  if (!user) throw new Error('taken')
  const tries = (password: string, now = NOW, address: string | undefined = `10.0.0.${people}`) =>
    node.signIn.byPassword({ name, password, address }, now)
  return { node, name, user, tries }
}

test('a person signs in however the name is written, and nobody else has a name that looks like it', async () => {
  const { node, user, name } = await someone()
  const written = `  ${name.toUpperCase().replace(' ', '\u00a0 ')} `
  const answer = await node.signIn.byPassword({ name: written, password: PASSWORD, address: '10.1.0.1' }, NOW)
  expect(answer).toMatchObject({ outcome: 'in', session: { user: { id: user.id } } })
  expect(await node.users.create({ name: name.toUpperCase(), role: 'admin', password: 'x' }, NOW)).toBeUndefined()
  const other = await someone()
  expect(await node.users.change(other.user.id, { ...other.user, name })).toBe('taken')
})

test('law 1: who guesses has five tries at once and then one in half a minute; who waits as told has one', async () => {
  const { tries } = await someone()
  for (let each = 0; each < 5; each++) expect((await tries(`guess ${each}`)).outcome).toBe('wrong')
  expect(await tries(PASSWORD)).toEqual({ outcome: 'wait', milliseconds: 30_000 })
  expect(await tries(PASSWORD, NOW + 29_999)).toMatchObject({ outcome: 'wait' })
  expect((await tries(PASSWORD, NOW + 30_000)).outcome).toBe('in')
})

test('law 1: guesses at once are counted each', async () => {
  const { tries } = await someone()
  const answers = await Promise.all(Array.from({ length: 12 }, (_, each) => tries(`guess ${each}`)))
  expect(answers.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(5)
})

test('law 2: another node, another address, and a name that nobody has are counted too', async () => {
  const { node, name } = await someone()
  const guess = (on: typeof node, as: string, address: string) =>
    on.signIn.byPassword({ name: as, password: 'guess', address }, NOW)
  const other = postgres.node()
  const fromAnywhere = await Promise.all(
    Array.from({ length: 40 }, (_, each) => guess(each % 2 ? node : other, name, `10.2.0.${each}`)),
  )
  expect(fromAnywhere.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(30)
  const ofOneAddress = await Promise.all(
    Array.from({ length: 40 }, (_, each) => guess(node, `nobody ${each}`, '10.3.0.1')),
  )
  expect(ofOneAddress.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(30)
  const unknown = await Promise.all(Array.from({ length: 7 }, () => guess(node, 'nobody at all', '10.4.0.1')))
  expect(unknown.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(5)
})

test('law 3: who signs in often loses no tries by it', async () => {
  const { tries } = await someone()
  for (let each = 0; each < 8; each++) expect((await tries(PASSWORD)).outcome).toBe('in')
})

test('who gave the old password while somebody set another gets no session by it, nor their own password back', async () => {
  const { node, name, user } = await someone()
  const reset = async () => node.users.setPassword(user.id, await node.passwords.hash('a new one from the admin'))
  const was = (await node.users.password(user.id)) ?? ''
  // The check takes long: meanwhile the password is another.
  const slow = createSignIn({
    ...node,
    codes: { make: () => Promise.reject(new Error('no codes')), take: () => Promise.resolve(undefined) },
    passwords: {
      ...node.passwords,
      async matches(password, hash) {
        const matches = await node.passwords.matches(password, hash)
        await reset()
        return matches
      },
    },
  })
  const late = await slow.byPassword({ name, password: PASSWORD, address: '10.5.0.1' }, NOW)
  expect(late).toEqual({ outcome: 'wrong', person: user.id })
  const own = { was, session: 'ses_1' }
  expect(await node.users.changePassword(user.id, await node.passwords.hash(PASSWORD), own)).toBe(false)
  const by = (password: string) => node.signIn.byPassword({ name, password, address: '10.5.0.2' }, NOW)
  expect((await by(PASSWORD)).outcome).toBe('wrong')
  expect((await by('a new one from the admin')).outcome).toBe('in')
})

test('who is disabled is answered as if the password were wrong', async () => {
  const { node, user, tries } = await someone()
  await node.users.change(user.id, { ...user, disabled: true })
  expect(await tries(PASSWORD)).toEqual({ outcome: 'wrong', person: user.id })
})

test('an unknown name is checked against a password just as a known one is', async () => {
  const { node, name } = await someone()
  const checked: (string | undefined)[] = []
  const { createSignIn } = await import('#server/identity/sign-in.ts')
  const signIn = createSignIn({
    ...node,
    passwords: {
      ...node.passwords,
      matches: async (_, kept) => {
        checked.push(kept)
        return false
      },
    },
  })
  for (const each of [name, 'nobody'])
    expect((await signIn.byPassword({ name: each, password: 'x', address: undefined }, NOW)).outcome).toBe('wrong')
  expect(checked).toEqual([expect.stringContaining('argon2id'), undefined])
})

test('a code is exchanged once, within a minute, on any node', async () => {
  const { node, user } = await someone()
  const other = postgres.node()
  const code = await node.codes.make(user.id, NOW)
  const [first, second] = await Promise.all([
    node.signIn.byCode({ code, address: undefined }, NOW),
    other.signIn.byCode({ code, address: undefined }, NOW),
  ])
  expect([first, second].filter((made) => made !== undefined)).toHaveLength(1)
  const late = await node.codes.make(user.id, NOW)
  expect(await other.signIn.byCode({ code: late, address: undefined }, NOW + CODE_LASTS)).toBeUndefined()
  expect(await other.signIn.byCode({ code: 'baton_code_made-up', address: undefined }, NOW)).toBeUndefined()
})
