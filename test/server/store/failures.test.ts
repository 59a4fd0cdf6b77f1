import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { failureOf } from '#server/store/failures.ts'

const failed = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('A failure of the database', () => {
  test('is known by its code', () => {
    const codes = {
      '40P01': 'contended',
      '57P01': 'lost',
      '57014': 'slow',
      ECONNREFUSED: 'lost',
      '53100': 'full',
      '23505': 'other',
    }
    for (const [code, failure] of Object.entries(codes))
      expect(failureOf(Object.assign(new Error('x'), { code }))).toBe(failure)
  })

  test('of a pool that is closed is a lost connection: who asks it late must not end the server', async () => {
    const pool = new pg.Pool()
    await pool.end()
    expect(failureOf(await failed(pool.query('select 1')))).toBe('lost')
  })

  test('that nobody listens to is a lost connection', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: 1 })
    expect(failureOf(await failed(client.connect()))).toBe('lost')
  })
})
