import { describe, expect, test } from 'vitest'
import { createExaminer, type Answer, type Question } from '#editor/document/findings.examiner.ts'

const why = { message: 'out of memory' }

/** A worker that answers when it is told to, in any order. */
function startedWorkers() {
  const started: { readonly asked: Question[]; answer(answer: Answer): void; breaks(): void; ended: boolean }[] = []
  const start = () => {
    const worker = {
      onmessage: null as Worker['onmessage'],
      onerror: null as Worker['onerror'],
      postMessage: (question: Question) => void ours.asked.push(question),
      terminate: () => {
        ours.ended = true
      },
    }
    const ours = {
      asked: [] as Question[],
      ended: false,
      answer: (data: Answer) => worker.onmessage?.call(listening, new MessageEvent('message', { data })),
      // Node has no ErrorEvent; the message is all that is read of it.
      breaks: () => worker.onerror?.call(listening, Object.assign(new Event('error'), why) as ErrorEvent),
    }
    // The handlers look at the event, not at who calls them.
    const listening = worker as unknown as Worker
    started.push(ours)
    return worker
  }
  return { started, start }
}

const text = (source: string) => ({
  source,
  variables: {},
  language: 'en',
  timezone: 'UTC',
  words: { name: 'n', email: 'e', phone: 'p', agent: 'a', team: 't', reason: 'r' },
})

describe('What is asked of the engine away from the screen', () => {
  test('1. every question gets its own answer, in whatever order they come', async () => {
    const { started, start } = startedWorkers()
    const examiner = createExaminer(start)
    const [first, second] = [examiner.read(text('one')), examiner.read(text('two'))]
    const [
      {
        asked: [one, two],
        answer,
      },
    ] = started as [(typeof started)[number]]
    answer({ id: two?.id ?? 0, ask: 'read', answer: { preview: 'Two' } })
    answer({ id: one?.id ?? 0, ask: 'read', answer: { preview: 'One' } })
    expect(await Promise.all([first, second])).toEqual([{ preview: 'One' }, { preview: 'Two' }])
  })

  test('2. nothing is started before the first question', () => {
    const { started, start } = startedWorkers()
    createExaminer(start)
    expect(started).toEqual([])
  })

  test('3. a worker that breaks fails what it was asked, and the next question starts another', async () => {
    const { started, start } = startedWorkers()
    const examiner = createExaminer(start)
    const lost = examiner.read(text('one'))
    started[0]?.breaks()
    await expect(lost).rejects.toThrow(why.message)
    expect(started[0]?.ended).toBe(true)
    const next = examiner.read(text('two'))
    started[1]?.answer({ id: started[1].asked[0]?.id ?? 0, ask: 'read', answer: {} })
    expect(await next).toEqual({})
  })
})
