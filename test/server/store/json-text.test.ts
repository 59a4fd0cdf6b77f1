import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonText, wholeCharacters } from '#server/store/json-text.ts'
import { testDatabase } from '../../driver/postgres.ts'

const database = testDatabase()
let client: pg.Client
beforeAll(async () => {
  client = new pg.Client(database.url)
  await client.connect()
})
afterAll(() => client.end())

const unit = fc.oneof(
  fc.constantFrom('\0', '\ud83d', '\ude00', '😀', '\\', '\\u0000', '\\ud83d', 'u0000', '"', 'a'),
  fc.string({ unit: 'binary', maxLength: 2 }),
)
const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''))
const readable = (given: string) => given.replaceAll('\0', '\ufffd').replaceAll(/\p{Surrogate}/gu, '\ufffd')

test('law 1: whatever a text holds, PostgreSQL reads it from JSON, as itself but for halves of characters and NUL', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const found = await client.query<{ text: string }>(`select $1::json->'in'->>'side' as text`, [
        jsonText({ in: { side: given } }),
      ])
      expect(found.rows[0]?.text).toBe(readable(given))
    }),
    { numRuns: 300 },
  )
})

test('law 2: JSON without halves of characters stays the same text, and others the same but for them', () => {
  fc.assert(
    fc.property(text, (given) => {
      const json = JSON.stringify([given])
      expect(JSON.parse(wholeCharacters(json))).toEqual([given.replaceAll(/\p{Surrogate}/gu, '\ufffd')])
      if (!/\p{Surrogate}/u.test(given)) expect(wholeCharacters(json)).toBe(json)
    }),
  )
})

test('a pair of escapes is one character', () => {
  expect(JSON.parse(wholeCharacters('["\\uD83D\\uDE00 \\uD83D"]'))).toEqual(['😀 \ufffd'])
})
