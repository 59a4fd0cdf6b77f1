import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '#server/app.ts'
import { listen, type Listening } from '#server/http/listen.ts'
import { createWorld } from '../http/world.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
let world: ReturnType<typeof createWorld>
let server: Listening
let port = ''

beforeEach(async () => {
  world = createWorld()
  server = await listen(createApp(world.deps).fetch, '127.0.0.1', 0)
  port = new URL(server.url).port
})
afterEach(() => server.close())

const key = () => world.as('supervisor').authorization?.replace('Bearer ', '') ?? ''
const staff = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  baton.typed([], ['staff', '--team', 'support', '--day', '2026-11-20', '--timezone', 'UTC', ...args], {
    PORT: port,
    BATON_KEY: key(),
    ...environment,
  })

describe('baton staff', () => {
  test('shows the day as it was and as asked, each half hour in which somebody came or worked', async () => {
    const { code, out, err } = await staff(['--more', '2'])
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('support, 2026-11-20 (UTC)')
    expect(out).toMatch(/^as asked +1 +1 +1 +0 % +2m +2m +2m +2m/m)
    expect(out).toMatch(/^01:00 +1 +1 +2m +2m +0 % +17 % +1 +2m +2m +0 % +17 % +1$/m)
    expect(out.match(/^\d\d:\d\d /gm)).toHaveLength(4)
    expect(out).toContain('80 % answered within 20s')
    expect(out).toContain('Who was online that day is not kept.')
  })

  test('asks for what the options say', async () => {
    const rules = ['--policy', 'longestIdle', '--ageing', '2m', '--max-wait', '8m']
    const relax = ['--relax', '1m:spanish,language', '--relax', '3m:tier']
    await staff(['--agents', '12', '--more', '-2', ...rules, ...relax, '--handle', '6m', '--goal', '90/30s'])
    expect(world.runtime.dryRuns.asked).toEqual([
      {
        day: '2026-11-20',
        timezone: 'UTC',
        count: 12,
        more: -2,
        handle: '6m',
        goal: { share: 0.9, within: '30s' },
        rules: {
          policy: 'longestIdle',
          ageing: '2m',
          maxWait: '8m',
          relax: [
            { after: '1m', drop: ['spanish', 'language'] },
            { after: '3m', drop: ['tier'] },
          ],
        },
      },
    ])
  })

  test('takes yesterday when no day is named', async () => {
    await baton.typed([], ['staff', '--team', 'support', '--timezone', 'UTC'], { PORT: port, BATON_KEY: key() })
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    expect(world.runtime.dryRuns.asked).toEqual([{ day: yesterday, timezone: 'UTC' }])
  })

  test('writes the answer as the server gives it, for other programs', async () => {
    const { out } = await staff(['--json'])
    expect(JSON.parse(out)).toMatchObject({ team: 'support', interval: 1_800_000 })
  })

  test('finds the key in the data folder, and the server by its address', async () => {
    await mkdir(join(baton.folder, 'data'))
    await baton.save('data/admin.key', `${key()}\n`)
    const { code } = await staff(['--url', `http://127.0.0.1:${port}`], { BATON_KEY: '', PORT: '1' })
    expect(code).toBe(0)
  })
})

describe('What it cannot do is one sentence with the cure', () => {
  test.each([
    ['no server there', ['--url', 'http://127.0.0.1:1'], {}, /name another with --url or BATON_URL/],
    ['an address that is none', ['--url', 'ftp://nowhere'], {}, /is no address of a server/],
    ['no key', [], { BATON_KEY: '' }, /set BATON_KEY to one/],
    ['a key that opens nothing', [], { BATON_KEY: 'wrong-key' }, /key/],
    ['a day that is none', ['--day', 'monday'], {}, /must be a day such as 2026-11-20/],
    ['a count that is none', ['--agents', 'many'], {}, /whole number/],
    ['a step without its needs', ['--relax', '1m'], {}, /1m:spanish,language/],
    ['a goal that is none', ['--goal', 'soon'], {}, /80\/20s/],
  ])('%s', async (_, args, environment, sentence) => {
    const { code, out, err } = await staff(args, environment)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(sentence)
  })

  test('a zone that is none', async () => {
    const { code, err } = await baton.typed([], ['staff', '--team', 'support', '--timezone', 'Middle/Earth'])
    expect(code).toBe(1)
    expect(err).toMatch(/such as Europe\/Berlin/)
  })

  test('a team that nobody knows', async () => {
    const { code, err } = await staff(['--team', 'nobody'])
    expect(code).toBe(1)
    expect(err).toBe('There is no team “nobody”.\n')
  })
})
