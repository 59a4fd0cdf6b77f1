import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const why = '“pick”, where it stands, is not in the new version'
const preview = {
  moves: [
    {
      from: 3,
      state: 'queued.line',
      to: 'queued.line',
      count: 8,
      notes: ['8 deadlines “line.maxWait” keep the 2m given; the new version gives 5m'],
    },
  ],
  stays: [{ from: 2, state: 'bot.pick', count: 21, why, conversations: ['c-1', 'c-2'] }],
}
const versions = [3, 4].map((version) => ({ version, publishedAt: '2026-11-21T08:00:00.000Z', live: version === 4 }))
let rounds: readonly object[]
let server: Server
let asked: readonly (readonly [string, string])[]

/** What a server answers about one flow, one round of a move after the other. */
function answerTo(path: string): unknown {
  if (path === '/v1/flows/shop/versions') return { items: versions, next: null }
  if (path === '/v1/flows/shop/migration/preview') return preview
  if (path !== '/v1/flows/shop/migration') return undefined
  const [round, ...later] = rounds
  rounds = later
  return round
}

beforeEach(async () => {
  asked = []
  rounds = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += String(chunk)))
    request.on('end', () => {
      const path = request.url ?? ''
      const answer = answerTo(path)
      asked = [...asked, [path, body]]
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer ?? { detail: 'There is no flow “x”.', errors: [] }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(() => new Promise((done) => server.close(done)))

function migrate(...args: readonly string[]) {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  return baton.typed([], ['migrate', ...args], { PORT: port, BATON_KEY: 'a-key' })
}

describe('baton migrate', () => {
  test('says who would move to the live version and who stays, and moves nobody', async () => {
    const { code, out, err } = await migrate('shop')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n')).toEqual([
      '✓ 8 at queued.line would move from version 3 to 4',
      `  ${preview.moves[0]?.notes[0]}`,
      `! 21 at bot.pick would stay on version 2, because ${why}: c-1, c-2, …`,
      '',
    ])
    expect(asked.map(([path]) => path)).not.toContain('/v1/flows/shop/migration')
    expect(asked.at(-1)).toEqual(['/v1/flows/shop/migration/preview', '{"version":4}'])
  })

  test('moves until nobody is left, and names who stays once', async () => {
    const stayed = [{ conversation: 'c-1', why }]
    rounds = [
      { moved: ['a', 'b'], stayed, left: 1 },
      { moved: ['c'], stayed, left: 0 },
    ]
    const { code, out } = await migrate('shop', '--to', '3', '--move')
    expect({ code, out }).toEqual({ code: 0, out: `✓ 3 moved\n! c-1 stays, because ${why}\n` })
    expect(asked).toEqual([1, 2].map(() => ['/v1/flows/shop/migration', '{"version":3}']))
  })

  test('ends where nobody can move, and says what is wrong with what was typed', async () => {
    rounds = [{ moved: [], stayed: [], left: 5 }]
    expect((await migrate('shop', '--move')).out).toBe('✓ 0 moved\n')
    expect(await migrate('shop', '--to', 'last')).toMatchObject({ code: 1, err: expect.stringContaining('such as 3') })
    expect(await migrate('nothing')).toMatchObject({ code: 1, err: expect.stringContaining('There is no flow') })
  })
})
