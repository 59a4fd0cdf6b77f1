import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { simulate } from '#engine/simulate/index.ts'
import type { BacktestJob } from '#server/runtime/backtest-job.ts'
import type { BacktestPlayer } from '#server/runtime/backtest.ts'
import { createThread } from '#server/runtime/backtest-thread.ts'
import { builtProgram } from '../../driver/built.ts'
import { draw } from '../../engine/draw.ts'

const drawn = (times: number) =>
  draw(
    {
      start: ['start'],
      chat: ['listen'],
      lost: ['trigger', { signals: [{ signal: 'fallbacks', times }] }],
      line: ['queue', { team: 'support', text: 'You are in line.' }],
      bye: ['close'],
    },
    ['start.next > chat', 'lost.fired > line', 'line.timeout > bye', 'chat.done > bye'],
  )
const flow = drawn(2)
const { log } = simulate(flow, { id: 'one' })
  .send({ type: 'customer.message', text: 'Where is it?' })
  .send({ type: 'bot.message', text: 'I do not know.', fallback: true })
const job: BacktestJob = {
  draft: drawn(1),
  versions: [{ version: 1, flow }],
  schedules: {},
  logs: [{ id: 'one', version: 1, entries: JSON.stringify(log) }],
  detail: false,
}
/** What no thread can read. */
const broken: BacktestJob = { ...job, logs: [{ id: 'one', version: 1, entries: '{' }] }

let thread: BacktestPlayer | undefined
afterEach(() => thread?.close())

describe('A thread that plays backtests', () => {
  test('from what is built, as it runs in production', { timeout: 180_000 }, async () => {
    const folder = dirname(await builtProgram())
    const file =
      (await readdir(folder)).find((name) => /^backtest-thread-.*\.js$/.test(name)) ??
      'is not built as a file of its own'
    // The file that was built of the module imported above.
    const built = (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as {
      createThread: typeof createThread
    }
    thread = built.createThread()
    expect(await thread.play(job)).toMatchObject({ ok: true, report: { replayed: 1, changes: { newly: 1 } } })
  })

  test('from source, one page after the other, also after one that fails and after it was closed', async () => {
    thread = createThread()
    await expect(thread.play(broken)).rejects.toThrow(/A backtest failed: SyntaxError/)
    expect(await thread.play(job)).toMatchObject({ ok: true, report: { replayed: 1, changes: { newly: 1 } } })
    await thread.close()
    expect(await thread.play(job)).toMatchObject({ ok: true })
  })
})
