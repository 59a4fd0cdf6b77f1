import { describe, expect, test } from 'vitest'
import type { ConversationView } from '#engine/index.ts'
import { byNode, MOST, readStanding, type ListConversations } from '#editor/insights/standing.ts'

const talk = (id: string, state: string, version = 1): ConversationView => ({
  id,
  flow: { id: 'support', version: 1 },
  // A test’s state begins with its phase.
  phase: state.split('.')[0] as ConversationView['phase'],
  state,
  owner: 'bot',
  version,
  expects: [],
})

/** A server with these conversations, `size` on a page. */
function listing(all: readonly ConversationView[], size: number): ListConversations {
  return ({ phase, cursor }) => {
    const found = all.filter((each) => each.phase === phase)
    const from = Number(cursor ?? 0)
    const next = from + size < found.length ? String(from + size) : null
    return Promise.resolve({ items: found.slice(from, from + size), next })
  }
}

describe('The live figures', () => {
  test('count every open conversation on every page, and no closed one', async () => {
    const all = [
      ...Array.from({ length: 7 }, (_, index) => talk(`b${index}`, 'bot.listen')),
      talk('q', 'queued.billing'),
      talk('done', 'closed.end'),
    ]
    const { conversations, isCapped } = await readStanding(listing(all, 3), 'support')
    expect(conversations.map(({ id }) => id).sort()).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'q'])
    expect(isCapped).toBe(false)
  })

  test('stop at the limit and say so', async () => {
    const all = Array.from({ length: MOST + 1 }, (_, index) => talk(`b${index}`, 'bot.listen'))
    const { conversations, isCapped } = await readStanding(listing(all, 200), 'support')
    expect([conversations.length, isCapped]).toEqual([MOST, true])
    expect((await readStanding(listing(all.slice(1), 200), 'support')).isCapped).toBe(false)
  })

  test('count a conversation that moves while they are read once, where it went', async () => {
    const all = [talk('a', 'bot.listen', 3), talk('a', 'queued.billing', 4)]
    const { conversations } = await readStanding(listing(all, 10), 'support')
    expect(conversations.map(({ state }) => state)).toEqual(['queued.billing'])
  })

  test('show the fullest step first', () => {
    const groups = byNode([talk('a', 'bot.listen'), talk('b', 'queued.billing'), talk('c', 'queued.billing')])
    expect([...groups].map(([node, here]) => [node, here.length])).toEqual([
      ['billing', 2],
      ['listen', 1],
    ])
  })
})
