import { describe, expect, test } from 'vitest'
import type { BacktestPage, BacktestRequest } from '#ui/backtest.ts'
import { emptyDocument } from '#editor/document/document.ts'
import { createBacktest, PAGE, type Asked, type Run } from '#editor/backtest/run.ts'
import { differing, page } from './pages.ts'

const asked: Asked = {
  flowId: 'support',
  document: emptyDocument('support', 'Support'),
  sweep: null,
  span: { from: '2026-11-13T00:00:00Z', to: '2026-11-20T00:00:00Z' },
}

/** A server whose answers are given by hand, each question in its turn. */
function serverByHand() {
  const requests: (BacktestRequest & {
    readonly answer: (page: BacktestPage) => void
    readonly fail: (error: Error) => void
    readonly signal: AbortSignal
  })[] = []
  const backtest = createBacktest(
    (_, request, signal) => new Promise((answer, fail) => requests.push({ ...request, answer, fail, signal })),
  )
  const until = (stage: Run['stage']): Promise<Run> =>
    new Promise((resolve) => {
      const look = (run: Run): void => {
        if (run.stage === stage) resolve(run)
      }
      backtest.store.subscribe(look)
      look(backtest.store.getState())
    })
  const asks = async (count: number): Promise<(typeof requests)[number]> => {
    while (requests.length < count) await Promise.resolve()
    const request = requests[count - 1]
    if (request === undefined) throw new Error('It was asked just now.')
    return request
  }
  return { backtest, requests, until, asks }
}

describe('A backtest', () => {
  test('adds its pages up until there is none, each asked where the one before ended', async () => {
    const { backtest, until, asks } = serverByHand()
    backtest.begin(asked)
    ;(await asks(1)).answer(page({ replayed: 3, next: 'two', total: 6, differences: [differing(1)] }))
    const second = await asks(2)
    expect(second).toMatchObject({ cursor: 'two', limit: PAGE, flow: asked.document, ...asked.span })
    second.answer(
      page({
        replayed: 2,
        total: 6,
        differences: [differing(2, { what: ['never'] })],
        skipped: [{ conversation: 'c-9', why: 'it has no beginning' }],
      }),
    )
    const run = await until('done')
    expect(run).toMatchObject({ done: 6, sum: { replayed: 5, total: 6, handoffs: { before: 2, after: 4 } } })
    expect(run.sum?.differences.map(({ what }) => what)).toEqual([['never'], ['earlier']])
  })

  test('law 1: going on after it was stopped or failed begins at the page after, and counts nobody twice', async () => {
    const { backtest, until, asks } = serverByHand()
    backtest.begin(asked)
    ;(await asks(1)).answer(page({ replayed: 3, next: 'two', total: 9 }))
    ;(await asks(2)).fail(new Error('gone'))
    expect(await until('failed')).toMatchObject({ done: 3, error: { message: 'gone' } })
    backtest.goOn()
    expect((await asks(3)).cursor).toBe('two')
    backtest.stop()
    expect((await asks(3)).signal.aborted).toBe(true)
    backtest.goOn()
    const again = await asks(4)
    expect(again.cursor).toBe('two')
    again.answer(page({ replayed: 6, total: 9 }))
    expect(await until('done')).toMatchObject({ done: 9, sum: { replayed: 9 } })
  })

  test('law 2: what comes after it was stopped, begun anew or forgotten counts for nothing', async () => {
    const { backtest, until, asks } = serverByHand()
    backtest.begin(asked)
    const first = await asks(1)
    backtest.stop()
    first.answer(page({ replayed: 100 }))
    await until('stopped')
    expect(backtest.store.getState().sum).toBeNull()
    backtest.begin(asked)
    const second = await asks(2)
    backtest.begin(asked)
    second.fail(new Error('too late'))
    ;(await asks(3)).answer(page({ replayed: 4 }))
    expect(await until('done')).toMatchObject({ done: 4, error: null })
    backtest.forget()
    expect(backtest.store.getState()).toMatchObject({ stage: 'none', asked: null, sum: null })
  })

  test('law 3: every page is asked with the same draft and the same values', async () => {
    const { backtest, asks, requests } = serverByHand()
    const figure = {
      key: 'k',
      trigger: 'unsure',
      triggerTitle: 'Trigger unsure',
      signal: 'lowConfidence',
      signalTitle: 'Bot is unsure',
      field: 'below',
      label: 'Confidence below',
      place: 'signals/0/below',
      present: 0.6,
      least: 0,
      most: 1,
      step: 0.05,
    }
    backtest.begin({ ...asked, sweep: { figure, values: [0.5, 0.6] } })
    ;(await asks(1)).answer(page({ next: 'two' }))
    await asks(2)
    for (const request of requests) {
      expect(request.flow).toBe(asked.document)
      expect(request.sweep).toEqual({ trigger: 'unsure', signal: 'lowConfidence', field: 'below', values: [0.5, 0.6] })
    }
  })
})
