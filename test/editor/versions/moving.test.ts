import { describe, expect, test } from 'vitest'
import { createMoving, ROUND, type Moving } from '#editor/versions/migration/moving.ts'

/** A server with conversations of which some stay; it moves them in their order, as many as are asked for at once. */
function server(
  ids: readonly string[],
  stays: (id: string) => boolean,
  failing: { after: number } = { after: Infinity },
) {
  const open = new Set(ids)
  const asked: (readonly string[] | undefined)[] = []
  const moving = createMoving(4, async ({ conversations, limit = 100, version }) => {
    expect(version).toBe(4)
    asked.push(conversations)
    if (asked.length > failing.after) throw new Error('The server does not answer.')
    const these = (conversations ?? [...open].filter((id) => !stays(id) || asked.length === 1))
      .filter((id) => open.has(id))
      .slice(0, limit)
    const moved = these.filter((id) => !stays(id))
    for (const id of moved) open.delete(id)
    return {
      moved,
      stayed: these.filter(stays).map((conversation) => ({ conversation, why: 'its question is gone' })),
      left: [...open].filter((id) => !stays(id)).length,
    }
  })
  const until = (stage: Moving['stage']): Promise<Moving> =>
    new Promise((resolve) => {
      moving.store.subscribe((state) => {
        if (state.stage === stage) resolve(state)
      })
    })
  return { moving, asked, until }
}

const many = Array.from({ length: 120 }, (_, index) => `c-${index}`)

describe('Moving conversations to a version', () => {
  test('goes on round by round until nobody is left, and lists who moved', async () => {
    const { moving, asked, until } = server(many, () => false)
    const over = until('done')
    moving.begin()
    const { moved, stayed } = await over
    expect(moved).toEqual(many)
    expect(stayed).toEqual([])
    expect(asked).toHaveLength(Math.ceil(many.length / ROUND))
  })

  test('law 2: what moved before it failed has moved, and going on moves the others', async () => {
    const failing = { after: 1 }
    const { moving, until } = server(many, () => false, failing)
    const failed = until('failed')
    moving.begin()
    expect((await failed).moved).toHaveLength(ROUND)
    failing.after = Infinity
    const over = until('done')
    moving.again()
    expect((await over).moved).toEqual(many)
    expect(moving.store.getState().error).toBeNull()
  })

  test('law 3: it ends although some stay; they are listed with why, and tried again by name', async () => {
    let isGone = true
    const { moving, asked, until } = server(['a', 'b', 'c'], (id) => id === 'b' && isGone)
    const over = until('done')
    moving.begin()
    expect(await over).toMatchObject({
      moved: ['a', 'c'],
      stayed: [{ conversation: 'b', why: 'its question is gone' }],
    })
    isGone = false
    const again = until('done')
    moving.again()
    expect(await again).toMatchObject({ moved: ['a', 'c', 'b'], stayed: [] })
    expect(asked.at(-1)).toEqual(['b'])
  })

  test('a server that moves nobody and says that some are left is not asked for ever', async () => {
    let rounds = 0
    const moving = createMoving(4, async () => {
      rounds += 1
      return { moved: [], stayed: [], left: 7 }
    })
    const over = new Promise((resolve) =>
      moving.store.subscribe(({ stage }) => {
        if (stage === 'done') resolve(stage)
      }),
    )
    moving.begin()
    await over
    expect(rounds).toBe(1)
  })
})
