import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Flow } from '#engine/index.ts'
import { backtest, backtestAll, merge, type Compared } from '#engine/backtest/index.ts'
import { simulate, standIns } from '#engine/simulate/index.ts'
import { historiesIn, isTaken, readFlow, readHistory } from '../../histories/history.ts'
import { hello, play, ready } from '../flows/library.ts'
import { people, staffed, flow as support } from '../simulate/desk.ts'
import { happenings, lateLog, moved, moves, reread, withData } from './past.ts'

/** Everything that was said, heard and come to is the same. */
function expectSame({ before, after, conversation: _, ...rest }: Compared): void {
  expect(after).toEqual(before)
  expect(rest).toMatchObject({ what: [], firstDifferent: null, unsure: false, refused: 0 })
}

describe('Law 1: a draft equal to the flow that ran gives “same” for every conversation', () => {
  test.each([...ready, hello])('in every scenario of “$id”', ({ flow, scenarios }) => {
    const draft = reread(flow)
    for (const scenario of scenarios)
      expectSame(backtest({ flow, log: play(flow, scenario).log }, draft, { detail: true }))
  })

  test.each([...ready, hello])('whatever is done in “$id”', ({ flow }) => {
    const draft = reread(flow)
    const agents = standIns(flow)
    fc.assert(
      fc.property(moves, (all) => {
        expectSame(backtest({ flow, log: moved(simulate(flow, { agents }), all).log }, draft, { detail: true }))
      }),
      { numRuns: 60 },
    )
  })

  test('where needs are relaxed and nobody may be there', () => {
    const draft = reread(staffed)
    fc.assert(
      fc.property(moves, (all) => {
        expectSame(backtest({ flow: staffed, log: moved(simulate(staffed, people), all).log }, draft, { detail: true }))
      }),
      { numRuns: 100 },
    )
  })

  test('on a server whose deadlines come late and are overtaken', () => {
    const draft = reread(support)
    fc.assert(
      fc.property(happenings, (all) => {
        expectSame(backtest({ flow: support, log: lateLog(support, all) }, draft, { detail: true }))
      }),
      { numRuns: 150 },
    )
  })

  test('in every history that was recorded and kept', () => {
    const both = (flow: Flow) => ({ flow, draft: reread(flow) })
    const read = new Map<string, ReturnType<typeof both>>()
    let played = 0
    for (const name of historiesIn('.')) {
      const { flow: id, later, steps } = readHistory(name)
      // What was moved to another version on its way ran on no one flow.
      if (later !== undefined) continue
      const { flow, draft } = read.get(id) ?? both(readFlow(id))
      read.set(id, { flow, draft })
      let seq = 0
      const log = steps.filter(isTaken).flatMap(({ event, at, log: rest, snapshot }) => {
        const first = { seq: seq + 1, at, kind: 'event' as const, event }
        seq = snapshot.seq
        return [first, ...rest]
      })
      expectSame(backtest({ flow, log }, draft, { detail: true }))
      played++
    }
    expect(played).toBeGreaterThan(50)
  })
})

describe('Law 2: what stands before the first message that differs is known', () => {
  const changed = withData(support, 'lost', { signals: [{ signal: 'fallbacks', times: 1 }] })

  test('the transcripts are the same until there, word by word', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const { log } = moved(simulate(support, people), all)
        const { before, after, firstDifferent, what } = backtest({ flow: support, log }, changed, { detail: true })
        const was = (before.messages ?? []).filter(({ from }) => from !== 'customer')
        const is = (after.messages ?? []).filter(({ from }) => from !== 'customer')
        const first = was.findIndex((each, index) => each.text !== is[index]?.text)
        if (firstDifferent === null) expect(is.map(({ text }) => text)).toEqual(was.map(({ text }) => text))
        if (first >= 0) expect(firstDifferent).not.toBeNull()
        if (what.length === 0) expect(firstDifferent).toBeNull()
      }),
      { numRuns: 200 },
    )
  })
})

describe('Law 3: pages add up', () => {
  test('in any order and any size, to the counts and the list of the whole', () => {
    const changed = withData(support, 'lost', { signals: [{ signal: 'fallbacks', times: 1 }] })
    fc.assert(
      fc.property(fc.array(moves, { minLength: 2, maxLength: 8 }), fc.nat(), (several, cut) => {
        const all = several.map((each, index) => ({
          conversation: `c${index}`,
          flow: support,
          log: moved(simulate(support, { ...people, id: `c${index}` }), each).log,
        }))
        const at = cut % all.length
        const sweep = [1, 3].map((times) => ({
          value: times,
          flow: withData(support, 'lost', { signals: [{ signal: 'fallbacks', times }] }),
        }))
        const drafts = { draft: changed, sweep }
        const whole = backtestAll(all, drafts)
        const [one, other] = [backtestAll(all.slice(0, at), drafts), backtestAll(all.slice(at), drafts)]
        expect(merge(one, other)).toEqual(whole)
        expect(merge(other, one)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })
})
