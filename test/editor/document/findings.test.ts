import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { FlowDocument } from '#editor/document/document.ts'
import type { EditorState } from '#editor/document/editor.ts'
import { watchFindings, type Findings } from '#editor/document/findings.ts'
import type { Problem } from '#engine/index.ts'
import { flowNamed } from '#test/driver/index.ts'

const problem: Problem = {
  rule: 'queues',
  severity: 'warning',
  node: 'line',
  pointer: '/nodes/1',
  message: 'It waits; mend it',
}
const found: Findings = { faults: [], problems: [problem], longest: null }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** As much of an editor as is watched; `draws` puts another document in the place of what is open. */
function watched(answers: {
  examine(document: FlowDocument): Findings
  ways(document: FlowDocument): readonly Problem[]
}) {
  const asked: string[] = []
  const blank = { opening: 'opening', flowId: 'a', document: documentNamed('none'), checked: null }
  // The watch reads these four and reports the rest.
  const store = createStore(() => blank as unknown as EditorState)
  watchFindings(
    { state: store.getState, subscribe: store.subscribe, report: (findings) => store.setState(findings) },
    {
      examine: async (document) => {
        asked.push(`examine ${document.name}`)
        return answers.examine(document)
      },
      ways: async (document) => {
        asked.push(`ways ${document.name}`)
        return answers.ways(document)
      },
    },
  )
  const draws = (name: string): void => store.setState({ opening: 'open', document: documentNamed(name) })
  return { asked, store, draws }
}

function documentNamed(name: string): FlowDocument {
  return { ...structuredClone(flowNamed('hello')), name } as FlowDocument
}

describe('Problems are found as one draws', () => {
  test('1. they are told at once; the ways to them follow when the hands rest', async () => {
    const { asked, store, draws } = watched({ examine: () => found, ways: () => [{ ...problem, confirmed: true }] })
    draws('one')
    await vi.advanceTimersByTimeAsync(200)
    expect(store.getState().problems).toEqual([problem])
    expect(asked).toEqual(['examine one'])
    await vi.advanceTimersByTimeAsync(600)
    expect(asked).toEqual(['examine one', 'ways one'])
    expect(store.getState().problems).toEqual([{ ...problem, confirmed: true }])
  })

  test('2. for hands that do not rest no ways are looked for', async () => {
    const { asked, draws } = watched({ examine: () => found, ways: () => [] })
    for (const name of ['one', 'two', 'three']) {
      draws(name)
      await vi.advanceTimersByTimeAsync(300)
    }
    expect(asked).toEqual(['examine one', 'examine two', 'examine three'])
  })

  test('3. where nothing is wrong nothing more is looked for', async () => {
    const { asked, draws } = watched({ examine: () => ({ ...found, problems: [] }), ways: () => [] })
    draws('one')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked).toEqual(['examine one'])
  })

  test('4. a worker that broke is asked again, later each time, until it answers', async () => {
    let isBroken = true
    const { asked, store, draws } = watched({
      examine: () => {
        if (isBroken) throw new Error('out of memory')
        return found
      },
      ways: () => [problem],
    })
    draws('one')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(asked).toEqual(['examine one'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.length).toBeLessThan(20)
    isBroken = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.getState().problems).toEqual([problem])
  })
})
