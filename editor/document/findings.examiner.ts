/**
 * What is done with the engine away from the screen: the page itself loads no expressions, calendars or language.
 * Laws: every question gets its own answer; a worker that breaks fails what it was asked, and the next question starts
 * another.
 */
import type { Problem } from '#engine/index.ts'
import type { TextRead, TextToRead } from '../inspector/text/read.ts'
import type { FlowDocument } from './document.ts'
import type { Findings } from './findings.ts'

export interface Examiner {
  /** Parses and checks a document; its problems come without the ways to them. */
  examine(document: FlowDocument): Promise<Findings>
  /** The problems of a document with the ways to them: looking for those takes longer than finding the problems. */
  ways(document: FlowDocument): Promise<readonly Problem[]>
  /** Reads one text of a form. */
  read(text: TextToRead): Promise<TextRead>
}

export type Question =
  | { readonly id: number; readonly ask: 'examine'; readonly document: FlowDocument }
  | { readonly id: number; readonly ask: 'ways'; readonly document: FlowDocument }
  | { readonly id: number; readonly ask: 'read'; readonly text: TextToRead }

export type Answer =
  | { readonly id: number; readonly ask: 'examine'; readonly answer: Findings }
  | { readonly id: number; readonly ask: 'ways'; readonly answer: readonly Problem[] }
  | { readonly id: number; readonly ask: 'read'; readonly answer: TextRead }

/** What is used of a worker. */
type Started = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

interface Asked {
  settle(answer: Answer): void
  fail(error: Error): void
}

/** The one of this page. */
export const examiner = createExaminer(
  () => new Worker(new URL('./findings.worker.ts', import.meta.url), { type: 'module' }),
)

/** Its worker is started when first asked. */
export function createExaminer(start: () => Started): Examiner {
  const open = new Map<number, Asked>()
  let worker: Started | undefined
  let asked = 0

  const running = (): Started => {
    if (worker) return worker
    worker = start()
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      open.get(data.id)?.settle(data)
      open.delete(data.id)
    }
    worker.onerror = (event) => {
      worker?.terminate()
      worker = undefined
      for (const each of open.values()) each.fail(new Error(event.message))
      open.clear()
    }
    return worker
  }
  const put = (question: Question, asked: Asked): void => {
    open.set(question.id, asked)
    running().postMessage(question)
  }
  return {
    examine: (document) =>
      new Promise((resolve, reject) => {
        const settle = (said: Answer): void => {
          if (said.ask === 'examine') resolve(said.answer)
        }
        put({ id: (asked += 1), ask: 'examine', document }, { settle, fail: reject })
      }),
    ways: (document) =>
      new Promise((resolve, reject) => {
        const settle = (said: Answer): void => {
          if (said.ask === 'ways') resolve(said.answer)
        }
        put({ id: (asked += 1), ask: 'ways', document }, { settle, fail: reject })
      }),
    read: (text) =>
      new Promise((resolve, reject) => {
        const settle = (said: Answer): void => {
          if (said.ask === 'read') resolve(said.answer)
        }
        put({ id: (asked += 1), ask: 'read', text }, { settle, fail: reject })
      }),
  }
}
