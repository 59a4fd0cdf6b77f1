import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrder, match, PASSING, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import { isSkipped, isUnheld, matchPlainly, mayTake } from './plain.ts'
import { workloads, type Workload } from './workload.ts'

const RUNS = 2_000

/** Who was given what, and what room that leaves. */
interface Outcome extends Workload {
  readonly matches: readonly { readonly given: WaitingConversation; readonly taker: AvailableAgent }[]
  readonly left: readonly WaitingConversation[]
  readonly free: (agent: AvailableAgent) => number
}

function outcomeOf(workload: Workload): Outcome {
  const { waiting, agents, options } = workload
  const matches = match(waiting, agents, options).map(({ conversation, agent }) => ({
    given: found(waiting, conversation),
    taker: found(agents, agent.id),
  }))
  const left = waiting.filter((each) => !matches.some(({ given }) => given === each))
  const taken = (agent: AvailableAgent) =>
    matches.filter(({ taker }) => taker === agent).reduce((sum, { given }) => sum + given.weight, agent.load)
  return { ...workload, matches, left, free: (agent) => agent.capacity - taken(agent) }
}

function found<Named extends { readonly id: string }>(all: readonly Named[], id: string): Named {
  const one = all.find((each) => each.id === id)
  if (one === undefined) throw new Error(`Nobody is called “${id}”.`)
  return one
}

/** Whether it may be offered to this agent as far as room is not concerned. */
function mayBeOffered(each: WaitingConversation, agent: AvailableAgent, { agents, options }: Workload): boolean {
  const isLeftInPeace = isSkipped(each, agent) && (!each.rested || agent.bot !== undefined)
  return agent.online && mayTake(each, agent) && !isLeftInPeace && isUnheld(each, agent, agents, options.now)
}

/** Whether somebody waits before it for more room than there is, so that room may be kept from it. */
function isBehindSomebodyHeavier(each: WaitingConversation, agent: AvailableAgent, outcome: Outcome): boolean {
  return outcome.left.some(
    (other) =>
      other.turn + PASSING < each.turn &&
      other.weight > outcome.free(agent) &&
      other.weight <= agent.capacity &&
      mayBeOffered(other, agent, outcome),
  )
}

describe('Laws of matching', () => {
  const law = (title: string, holds: (outcome: Outcome) => void) =>
    test(title, () => {
      fc.assert(
        fc.property(workloads, (workload) => holds(outcomeOf(workload))),
        { numRuns: RUNS },
      )
    })

  law('1. every offer fits', (outcome) => {
    for (const { given, taker } of outcome.matches) expect(mayBeOffered(given, taker, outcome)).toBe(true)
  })

  law('2. nobody gets more than there is room for, and no conversation goes to two', ({ matches, agents, free }) => {
    expect(new Set(matches.map(({ given }) => given)).size).toBe(matches.length)
    for (const each of agents) {
      if (matches.some(({ taker }) => taker === each)) expect(free(each)).toBeGreaterThanOrEqual(0)
    }
  })

  law('3. of equal needs, who comes first is served first, unless it is kept for one or was let go by', (outcome) => {
    for (const passed of outcome.left) {
      for (const { given: later, taker } of outcome.matches) {
        if (later.turn <= passed.turn || later.weight < passed.weight) continue
        expect(mayBeOffered(passed, taker, outcome), `${later.id} passed ${passed.id}`).toBe(false)
      }
    }
  })

  law('4. nobody who is left waiting stands beside a free agent who fits', (outcome) => {
    for (const each of outcome.left) {
      for (const agent of outcome.agents) {
        if (!mayBeOffered(each, agent, outcome) || outcome.free(agent) < each.weight) continue
        expect(isBehindSomebodyHeavier(each, agent, outcome), `${each.id} beside ${agent.id}`).toBe(true)
      }
    }
  })

  law('5. it is what the plain reading of the laws gives', (outcome) => {
    expect(outcome.matches.map(({ given, taker }) => `${given.id} > ${taker.id}`)).toEqual(matchPlainly(outcome))
  })

  test('6. the order in which they are read does not matter', () => {
    fc.assert(
      fc.property(workloads, ({ waiting, agents, options }) => {
        expect(match([...waiting].reverse(), [...agents].reverse(), options)).toEqual(match(waiting, agents, options))
      }),
      { numRuns: RUNS },
    )
  })

  test('7. the offers are made in the order of the queue, and each names nobody twice', () => {
    fc.assert(
      fc.property(workloads, ({ waiting, agents, options }) => {
        const matches = match(waiting, agents, options)
        const order = inOrder(waiting).map((each) => each.id)
        const places = matches.map((each) => order.indexOf(each.conversation))
        expect(places).toEqual([...places].sort((one, other) => one - other))
        for (const { agent, skipped } of matches) {
          const named = [agent, ...skipped.map((each) => each.agent)].map((each) => each.id)
          expect(new Set(named).size).toBe(named.length)
          expect(skipped.length).toBeLessThanOrEqual(10)
        }
      }),
      { numRuns: RUNS },
    )
  })
})
