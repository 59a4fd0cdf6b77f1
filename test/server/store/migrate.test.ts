import { describe, expect, test } from 'vitest'
import { connect } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { testDatabase } from '../../driver/postgres.ts'

const database = testDatabase()

describe('Bringing the database up to date', () => {
  test('may be done by several nodes at once: each migration runs once, and again nothing is left to do', async () => {
    const nodes = Array.from({ length: 3 }, () => connect({ databaseUrl: database.url }))
    const done = await Promise.all(nodes.map(({ pool }) => migrate(pool)))
    const [node] = nodes
    expect(done.flat().sort()).toEqual(done.find((names) => names.length > 0))
    expect(done.filter((names) => names.length > 0)).toHaveLength(1)
    expect(node && (await migrate(node.pool))).toEqual([])
    await Promise.all(nodes.map((each) => each.close()))
  })
})
