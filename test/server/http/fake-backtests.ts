import { backtestAll } from '#engine/backtest/index.ts'
import { simulate } from '#engine/simulate/index.ts'
import type { BacktestAsk, Backtests } from '#server/runtime/backtest.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { draw } from '../../engine/draw.ts'

const nodes = (threshold: number) => ({
  start: ['start'] as const,
  chat: ['listen'] as const,
  lost: ['trigger', { signals: [{ signal: 'fallbacks', times: threshold }] }] as const,
  line: ['queue', { team: 'support', text: 'You are in line.' }] as const,
  bye: ['close'] as const,
})
const edges = ['start.next > chat', 'lost.fired > line', 'line.timeout > bye', 'chat.done > bye']

/** One conversation in which the bot did not know two answers, through a draft that waits for one; two pages of it. */
export function fakeBacktests(): Backtests & { readonly asked: BacktestAsk[] } {
  const asked: BacktestAsk[] = []
  const flow = draw(nodes(3), edges)
  const shrug = { type: 'bot.message', text: 'I do not know.', fallback: true } as const
  const said = { type: 'customer.message', text: 'Where is it?' } as const
  const { log } = simulate(flow, { id: 'one', at: Date.UTC(2026, 10, 20, 9) })
    .send(said)
    .send(shrug)
    .send(said)
    .send(shrug)
  return {
    asked,
    async run(id, ask) {
      asked.push(ask)
      if (id !== 'support') throw new RuntimeError('not-found', `There is no flow “${id}”.`)
      const draft = draw(nodes(1), edges)
      const { sweep, cursor, detail = false } = ask
      const report = backtestAll(
        [{ conversation: 'one', flow, log }],
        {
          draft,
          ...(sweep === undefined
            ? {}
            : { sweep: sweep.values.map((value) => ({ value, flow: draw(nodes(value), edges) })) }),
        },
        { detail },
      )
      return { ...report, next: cursor === undefined ? 'more' : null, total: 2 }
    },
    close: async () => undefined,
  }
}
