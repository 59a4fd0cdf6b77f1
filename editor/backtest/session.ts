/** The one backtest of this page, and what is chosen for the next: another flow forgets both. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { api } from '#ui/client.ts'
import { editor } from '../document/store.ts'
import { dayAt, dayBeside } from '../staffing/day.ts'
import type { Range } from './figures.ts'
import { spanOf, type Chosen } from './period.ts'
import { createBacktest, type Asked, type Run } from './run.ts'

/** What the form holds. A figure is named by its key, so that it is found again in a draft that was changed. */
export interface Plan {
  readonly chosen: Chosen
  readonly sweep: { readonly figure: string; readonly range: Range } | null
}

export const backtests = createBacktest(api.backtest)
const plans = createStore<{ readonly plan: Plan | null }>(() => ({ plan: null }))

editor.subscribe(({ flowId }, before) => {
  if (flowId === before.flowId) return
  backtests.forget()
  plans.setState({ plan: null })
})

export function useRun(): Run {
  return useStore(backtests.store)
}

export function usePlan(timezone: string): Plan {
  return useStore(plans, ({ plan }) => plan) ?? firstPlan(timezone)
}

export function setPlan(plan: Plan): void {
  plans.setState({ plan })
}

/** Plays the open flow as it stands on the canvas now. */
export function begin(chosen: Chosen, sweep: Asked['sweep']): void {
  const { flowId, document } = editor.state()
  if (flowId === null) return
  backtests.begin({ flowId, document, span: spanOf(chosen, Date.now(), document.timezone), sweep })
}

function firstPlan(timezone: string): Plan {
  const today = dayAt(Date.now(), timezone)
  return { chosen: { period: 'week', from: dayBeside(today, -7), to: dayBeside(today, -1) }, sweep: null }
}
