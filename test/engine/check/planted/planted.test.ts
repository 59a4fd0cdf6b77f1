import { describe, expect, test } from 'vitest'
import { check, replay, rules } from '#engine/index.ts'
import { changed, READY } from './changes.ts'
import { faults } from './faults.ts'

describe('A designer who', () => {
  test.each(faults)('$title is told so at “$node” ($rule), with a conversation to play', ({ rule, node, flow }) => {
    const drawn = flow()
    const problem = check(drawn).find((each) => each.rule === rule && each.node === node)
    expect(problem, `${rule} at ${node}`).toBeDefined()
    // Nobody comes to what cannot be come to: there is nothing to play.
    if (rule === 'unreachable') return
    const path = problem?.path ?? []
    expect(path.length).toBeGreaterThan(0)
    expect(replay(drawn, 0, path).snapshot.state).toBe(path.at(-1)?.state)
    if (problem?.confirmed)
      expect(
        path.some(({ state, ways }) => state.endsWith(`.${node}`) || ways.some((way) => way.node === node)),
        `the path comes to ${node}`,
      ).toBe(true)
  })
})

describe('The faults that are planted', () => {
  test('are 60 at least, some for every rule', () => {
    expect(faults.length).toBeGreaterThanOrEqual(60)
    expect(rules.filter((rule) => !faults.some((each) => each.rule === rule.name)).map((rule) => rule.name)).toEqual([])
  })

  test.each(READY)('are not seen in %s as it is', (id) => {
    expect(check(changed(id))).toEqual([])
  })
})
