import { expect, test } from 'vitest'
import { faultOfPassword } from '#server/identity/password-rules.ts'
import { createPasswords, madePassword } from '#server/identity/passwords.ts'

test('a password is kept as Argon2id with the cost that OWASP recommends, and salted', async () => {
  const passwords = createPasswords()
  const [one, two] = await Promise.all([
    passwords.hash('nine blue kettles sing'),
    passwords.hash('nine blue kettles sing'),
  ])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
  expect(await passwords.matches('nine blue kettles sing', one)).toBe(true)
  expect(await passwords.matches('nine blue kettles sang', one)).toBe(false)
  expect(await passwords.matches('nine blue kettles sing', undefined)).toBe(false)
})

test('a password typed on another keyboard is the same', async () => {
  const passwords = createPasswords()
  const kept = await passwords.hash('zw\u00f6lf blaue K\u00e4nnchen')
  expect(await passwords.matches('zwo\u0308lf blaue Ka\u0308nnchen', kept)).toBe(true)
})

test.each([
  'nine blue kettles sing',
  'Grüße aus dem Treppenhaus',
  'в саду гуляет старый ёж',
  'J7#kq9!Zr2@vLp0$',
  '紫色の猫が屋根の上で三味線を弾く夜に',
  'my aunt grows violet turnips',
])('“%s” is taken: no composition is asked for', (password) => {
  expect(faultOfPassword(password, ['Anna Meyer', 'anna@example.com'])).toBeUndefined()
})

test.each([
  'password1234567890',
  'passwordpassword',
  'P@ssw0rdP@ssw0rd!!',
  'qwertyuiopasdfghjkl',
  '123456789012345678',
  'aaaaaaaaaaaaaaaaaaaa',
  'abcabcabcabcabcabc',
  'correct horse battery staple',
  'abcdefghijklmnopqrstuvwxyz',
  'AnnaMeyerAnnaMeyer',
  'anna.meyer@example.com',
  'baton-admin-2026-password',
  'iloveyou123456789',
  '                    ',
  '!!!!!!!!!!!!!!!!!!!!!!',
])('“%s” is refused: it is easily guessed', (password) => {
  expect(faultOfPassword(password, ['Anna Meyer', 'anna@example.com'])).toMatch(/easy to guess/)
})

test('a short one is refused with how long it must be, however odd its characters', () => {
  expect(faultOfPassword('aB3$aB3$xY9!zQ', [])).toMatch(/15 characters/)
  expect(faultOfPassword('k'.repeat(257), [])).toMatch(/256 characters at most/)
})

test('one that is made for a person passes the rules, and none is like another', () => {
  const made = Array.from({ length: 200 }, madePassword)
  for (const password of made) expect(faultOfPassword(password, ['Anna']), password).toBeUndefined()
  expect(new Set(made).size).toBe(made.length)
})
