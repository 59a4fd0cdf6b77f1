import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pagesOf } from '#server/cli/pages.ts'
import type { RunningServer } from '#server/cli/running-server.ts'

/** Answers as a server does that lists the numbers from 1 to `count`, `size` in a page, and takes what it was asked. */
function listing(count: number, size: number, by: 'cursor' | 'after') {
  const asked: URLSearchParams[] = []
  const server: RunningServer = {
    text(path) {
      const query = new URL(path, 'http://baton').searchParams
      asked.push(query)
      const from = Number(query.get(by) ?? 0)
      const to = Math.min(count, from + size)
      const items = Array.from({ length: to - from }, (_, index) => from + index + 1)
      return Promise.resolve(JSON.stringify({ items, next: to < count ? String(to) : null }))
    },
    close: () => Promise.resolve(),
  }
  return { asked, server }
}

describe('A list of a server that runs', () => {
  test('is read to its end, each item once and in order, whatever a page holds', async () => {
    const lists = fc.record({
      count: fc.nat(40),
      size: fc.integer({ min: 1, max: 50 }),
      begin: fc.option(fc.nat(40), { nil: undefined }),
      by: fc.constantFrom('cursor' as const, 'after' as const),
    })
    await fc.assert(
      fc.asyncProperty(lists, async ({ count, size, begin, by }) => {
        const first = Math.min(count, begin ?? 0)
        const query = { [by]: begin === undefined ? undefined : String(first) }
        const { server } = listing(count, size, by)
        const read: number[] = []
        for await (const { items } of pagesOf(server, '/v1/n', z.int(), query, by)) read.push(...items)
        expect(read).toEqual(Array.from({ length: count - first }, (_, index) => first + index + 1))
      }),
    )
  })

  test('is asked for the same on each page, and for no more pages than are used', async () => {
    const { server, asked } = listing(30, 10, 'cursor')
    for await (const { items } of pagesOf(server, '/v1/n', z.int(), { flow: 'a & b', team: undefined }))
      if (items.includes(11)) break
    expect(asked.map(String)).toEqual(['flow=a+%26+b', 'flow=a+%26+b&cursor=10'])
  })

  test('of a server of another version is refused, and not read by halves', async () => {
    const { server } = listing(3, 2, 'cursor')
    await expect(pagesOf(server, '/v1/n', z.string(), {}).next()).rejects.toThrow(
      'The server is of another version: its answer cannot be read. Use its own `baton`.',
    )
  })
})
