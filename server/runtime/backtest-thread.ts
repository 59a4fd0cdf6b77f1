/**
 * The thread in which backtests are played. This file is both ends of it: imported, it starts the thread; run as the
 * thread, it plays. So it must be a file of its own where the server is built, which its being imported on demand makes it.
 *
 *   no thread --play--> starts, plays --idle for a while--> ends, no thread
 *   a thread that dies --> the page that it played fails, the next starts another
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { playJob, type BacktestJob, type BacktestOutcome } from './backtest-job.ts'
import type { BacktestPlayer } from './backtest.ts'

const ROLE = 'baton-backtest'
const IDLE = 30_000
/** A page of logs, and what a draft makes of one of them, take a tenth of it. */
const MEGABYTES = 768

type Answer = { readonly outcome: BacktestOutcome } | { readonly fault: string }

/** Plays jobs one after the other in a thread, which is there only while somebody needs it. */
export function createThread(): BacktestPlayer {
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined

  async function end(): Promise<void> {
    clearTimeout(resting)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  return {
    async play(job) {
      clearTimeout(resting)
      worker ??= startWorker()
      try {
        return await played(worker, job)
      } catch (error) {
        await end()
        throw error
      } finally {
        resting = setTimeout(() => void end(), IDLE)
        resting.unref()
      }
    },
    close: end,
  }
}

function startWorker(): Worker {
  const options = { workerData: ROLE, name: ROLE, resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } }
  const self = import.meta.url
  if (!self.endsWith('.ts')) return new Worker(new URL(self), options)
  // From source: a thread does not inherit what reads TypeScript.
  const reader = import.meta.resolve('tsx/esm/api')
  const start = `import(${JSON.stringify(reader)}).then(({ register }) => { register(); return import(${JSON.stringify(self)}) })`
  return new Worker(start, { ...options, eval: true })
}

function played(worker: Worker, job: BacktestJob): Promise<BacktestOutcome> {
  return new Promise((resolve, reject) => {
    const ended = (code: number): void => settle(() => reject(new Error(`The thread of backtests ended with ${code}.`)))
    const failed = (error: Error): void => settle(() => reject(error))
    const answered = (answer: Answer): void =>
      settle(() =>
        'outcome' in answer ? resolve(answer.outcome) : reject(new Error(`A backtest failed: ${answer.fault}`)),
      )
    function settle(how: () => void): void {
      worker.off('exit', ended).off('error', failed).off('message', answered)
      how()
    }
    worker.on('exit', ended).on('error', failed).on('message', answered)
    worker.postMessage(job)
  })
}

if (!isMainThread && workerData === ROLE) {
  parentPort?.on('message', (job: BacktestJob) => parentPort?.postMessage(answerTo(job)))
}

function answerTo(job: BacktestJob): Answer {
  try {
    return { outcome: playJob(job) }
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
