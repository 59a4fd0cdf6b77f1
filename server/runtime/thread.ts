/**
 * A thread that computes, so that nobody waits for who computes. The file that makes one is both ends of it: imported, it
 * starts the thread; run as the thread, it works. So it must be a file of its own where the server is built, which its
 * being imported on demand makes it.
 *
 *   no thread --run--> starts, works --idle for a while--> ends, no thread
 *   a thread that dies --> the job that it worked on fails, the next starts another
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

export interface Thread<Job, Outcome> {
  /** One job after the other, in the order of the calls. */
  run(job: Job): Promise<Outcome>
  /** The job that runs fails. */
  close(): Promise<void>
}

export interface ThreadFile {
  /** By which the file knows that it is run as the thread. */
  readonly role: string
  /** For people, such as `A backtest`. */
  readonly job: string
  /** `import.meta.url` of the file. */
  readonly self: string
  readonly megabytes: number
}

const IDLE = 30_000

type Answer<Outcome> = { readonly outcome: Outcome } | { readonly fault: string }

/** Starts nothing yet: the first job does. Jobs and outcomes are data that can be cloned. */
export function createThread<Job, Outcome>(file: ThreadFile): Thread<Job, Outcome> {
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined
  let tail: Promise<unknown> = Promise.resolve()

  async function end(): Promise<void> {
    clearTimeout(resting)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  async function one(job: Job): Promise<Outcome> {
    clearTimeout(resting)
    worker ??= startWorker(file)
    try {
      return await worked<Job, Outcome>(worker, job, file.job)
    } catch (error) {
      await end()
      throw error
    } finally {
      resting = setTimeout(() => void end(), IDLE)
      resting.unref()
    }
  }

  return {
    run(job) {
      const outcome = tail.then(() => one(job))
      tail = outcome.catch(() => undefined)
      return outcome
    },
    close: end,
  }
}

/** Where the file is run as the thread of this role: does the jobs that come. */
export function workAs<Job, Outcome>(role: string, work: (job: Job) => Outcome): void {
  if (isMainThread || workerData !== role) return
  parentPort?.on('message', (job: Job) => parentPort?.postMessage(answerTo(job, work)))
}

function answerTo<Job, Outcome>(job: Job, work: (job: Job) => Outcome): Answer<Outcome> {
  try {
    return { outcome: work(job) }
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function startWorker({ role, self, megabytes }: ThreadFile): Worker {
  const options = { workerData: role, name: role, resourceLimits: { maxOldGenerationSizeMb: megabytes } }
  if (!self.endsWith('.ts')) return new Worker(new URL(self), options)
  // From source: a thread does not inherit what reads TypeScript.
  const reader = import.meta.resolve('tsx/esm/api')
  const start = `import(${JSON.stringify(reader)}).then(({ register }) => { register(); return import(${JSON.stringify(self)}) })`
  return new Worker(start, { ...options, eval: true })
}

function worked<Job, Outcome>(worker: Worker, job: Job, what: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const ended = (code: number): void =>
      settle(() => reject(new Error(`${what} was cut off: its thread ended with ${code}.`)))
    const failed = (error: Error): void => settle(() => reject(error))
    const answered = (answer: Answer<Outcome>): void =>
      settle(() =>
        'outcome' in answer ? resolve(answer.outcome) : reject(new Error(`${what} failed: ${answer.fault}`)),
      )
    function settle(how: () => void): void {
      worker.off('exit', ended).off('error', failed).off('message', answered)
      how()
    }
    worker.on('exit', ended).on('error', failed).on('message', answered)
    worker.postMessage(job)
  })
}
