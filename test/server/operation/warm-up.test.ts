import { describe, expect, test } from 'vitest'
import { compiledFlow, type Flow } from '#engine/index.ts'
import type { FlowSummary } from '#server/store/flows.ts'
import { warmUp } from '#server/warm-up.ts'
import { supportFlow } from '../runtime/support-flow.ts'

/** Flows that are live; `asked` names those that were. A number is the version, null a draft only. */
function saved(flows: Readonly<Record<string, Flow | Error | null>>) {
  const asked: string[] = []
  const summary = ([id, flow]: readonly [string, Flow | Error | null]): FlowSummary => ({
    id,
    name: id,
    etag: '"1"',
    published: flow === null ? null : 1,
    updatedAt: '2026-11-22T12:00:00.000Z',
  })
  return {
    asked,
    list: Object.entries(flows).map(summary),
    async live(id: string) {
      asked.push(id)
      const flow = flows[id]
      if (flow instanceof Error) throw flow
      return flow ? { flow, version: 1 } : undefined
    },
  }
}

/** The flow, and how often anything of it has been looked at. */
function watched(flow: Flow) {
  let looks = 0
  const seen = new Proxy(flow, {
    get(target, key, receiver): unknown {
      looks++
      return Reflect.get(target, key, receiver)
    },
  })
  return { flow: seen, looks: () => looks }
}

const clock = { now: () => Date.parse('2026-11-22T12:00:00Z') }

describe('A server that is about to be ready', () => {
  test('has compiled the flows that are live, so that the first who writes does not wait for it', async () => {
    const { flow, looks } = watched(supportFlow())
    const flows = saved({ support: flow })
    await warmUp(flows, flows.list, clock)
    const before = looks()
    expect(before).toBeGreaterThan(0)
    compiledFlow(flow)
    expect(looks()).toBe(before)
  })

  test('leaves drafts alone, and a flow that cannot be begun keeps none from being compiled', async () => {
    const { flow, looks } = watched(supportFlow())
    const flows = saved({ draft: null, lost: new Error('Its file is gone.'), support: flow })
    await warmUp(flows, flows.list, clock)
    expect(flows.asked).toEqual(['lost', 'support'])
    expect(looks()).toBeGreaterThan(0)
  })

  test('does not keep callers waiting for flows without number', async () => {
    const flows = saved({ one: supportFlow(), two: supportFlow(), three: supportFlow(), four: supportFlow() })
    let time = 0
    await warmUp(flows, flows.list, clock, () => (time += 200))
    expect(flows.asked).toEqual(['one', 'two'])
  })
})
