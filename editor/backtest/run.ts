/**
 * A backtest of the open flow: pages are asked for one after the other and added up. It lives outside of the dialog, so
 * that it goes on, and its result is kept, while the designer looks elsewhere.
 *
 *   none -> running -> done | stopped | failed;  stopped | failed -> running (it goes on);  any -> running (anew)
 *
 * Law 1: what was counted until it was stopped or failed stays, and going on begins at the page after it, so no
 *   conversation counts twice.
 * Law 2: an answer that comes after it was stopped, begun anew or forgotten counts for nothing.
 * Law 3: every page is asked with the same draft, the same span and the same values.
 */
import { createStore } from 'zustand/vanilla'
import { merge } from '#engine/backtest/report.ts'
import type { BacktestPage, BacktestRequest } from '#ui/backtest.ts'
import type { FlowDocument } from '../document/document.ts'
import type { Figure } from './figures.ts'
import type { Span } from './period.ts'

/** What is played, the same from the first page to the last. */
export interface Asked {
  readonly flowId: string
  readonly document: FlowDocument
  readonly span: Span
  readonly sweep: { readonly figure: Figure; readonly values: readonly number[] } | null
}

export interface Run {
  readonly stage: 'none' | 'running' | 'done' | 'stopped' | 'failed'
  readonly asked: Asked | null
  /** The pages so far, added up; null before the first. */
  readonly sum: BacktestPage | null
  /** How many conversations were looked at, those left out included. */
  readonly done: number
  readonly error: Error | null
}

/** Asks the server for one page. */
export type Ask = (flowId: string, request: BacktestRequest, signal: AbortSignal) => Promise<BacktestPage>

export type Backtest = ReturnType<typeof createBacktest>

const NONE: Run = { stage: 'none', asked: null, sum: null, done: 0, error: null }

/** Small enough that progress is seen and cancelling is quick. */
export const PAGE = 200

export function createBacktest(ask: Ask) {
  const store = createStore<Run>(() => NONE)
  let asking: AbortController | null = null

  const play = async (): Promise<void> => {
    const mine = new AbortController()
    asking = mine
    for (;;) {
      const { asked, sum } = store.getState()
      if (asked === null) return
      try {
        const page = await ask(asked.flowId, requestOf(asked, sum?.next ?? null), mine.signal)
        if (asking !== mine) return
        add(page)
        if (page.next === null) return store.setState({ stage: 'done' })
      } catch (error) {
        if (asking !== mine) return
        return store.setState({ stage: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
      }
    }
  }
  const add = (page: BacktestPage): void => {
    const { sum, done } = store.getState()
    const looked = page.replayed + page.skipped.length
    const added = sum === null ? page : { ...merge(sum, page), next: page.next, total: page.total }
    store.setState({ sum: added, done: done + looked })
  }
  const abandon = (): void => {
    asking?.abort()
    asking = null
  }

  return {
    store,
    begin(asked: Asked): void {
      abandon()
      store.setState({ ...NONE, stage: 'running', asked })
      void play()
    },
    /** From the page at which it was stopped, or failed. */
    goOn(): void {
      const { stage } = store.getState()
      if (stage !== 'stopped' && stage !== 'failed') return
      store.setState({ stage: 'running', error: null })
      void play()
    },
    stop(): void {
      if (store.getState().stage !== 'running') return
      abandon()
      store.setState({ stage: 'stopped' })
    },
    forget(): void {
      abandon()
      store.setState(NONE)
    },
  }
}

/** One conversation of a run, with every message. */
export function detailOf(asked: Asked, conversation: string): BacktestRequest {
  return { flow: asked.document, conversations: [conversation], detail: true }
}

function requestOf({ document, span, sweep }: Asked, cursor: string | null): BacktestRequest {
  return {
    flow: document,
    ...span,
    limit: PAGE,
    ...(cursor === null ? {} : { cursor }),
    ...(sweep === null ? {} : { sweep: sweepOf(sweep) }),
  }
}

function sweepOf({ figure: { trigger, signal, field }, values }: NonNullable<Asked['sweep']>) {
  return { trigger, signal, field, values }
}
