/**
 * What the machine does for the scenarios of a flow away from the page, for it may take half a minute: it makes mistakes
 * in the flow and sees whether the scenarios notice, and it writes tests of its own. Laws: what is stopped says nothing
 * more; a worker that breaks is told as such, and the next job starts another.
 */
import type { Scenario, Trodden } from '#engine/simulate/index.ts'

export type Job =
  /** `most`: the most mistakes that are tried. */
  | { readonly ask: 'mistakes'; readonly flow: object; readonly scenarios: readonly Scenario[]; readonly most: number }
  | { readonly ask: 'tests'; readonly flow: object }

/** A report without the flows that the mistakes are in. */
export interface Tried {
  readonly total: number
  readonly killed: number
  readonly refused: number
  readonly score: number
  readonly survivors: readonly { readonly id: string; readonly node: string; readonly change: string }[]
}

export interface Written {
  readonly scenarios: readonly Scenario[]
  /** Where they come through. */
  readonly trodden: readonly Trodden[]
  /** Why none comes there, by the id of what is to be covered. */
  readonly why: Readonly<Record<string, string>>
}

export type News =
  | { readonly is: 'trying'; readonly done: number; readonly of: number }
  | { readonly is: 'tried'; readonly report: Tried }
  | { readonly is: 'written'; readonly tests: Written }
  | { readonly is: 'broken' }

/** What is used of a worker. */
export type Started = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

/** Begins a job; what comes of it is told. Call what is returned to stop. */
export function beginJob(job: Job, tell: (news: News) => void, start: () => Started = startWorker): () => void {
  const worker = start()
  let isOver = false
  const end = (): void => {
    isOver = true
    worker.terminate()
  }
  worker.onmessage = ({ data }: MessageEvent<News>) => {
    if (isOver) return
    if (data.is !== 'trying') end()
    tell(data)
  }
  worker.onerror = () => {
    if (isOver) return
    end()
    tell({ is: 'broken' })
  }
  worker.postMessage(job)
  return end
}

function startWorker(): Worker {
  return new Worker(new URL('./machine.worker.ts', import.meta.url), { type: 'module' })
}
