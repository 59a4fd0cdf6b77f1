import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAgenda } from '#engine/routing/staffing/agenda.ts'

test('whatever is entered when, it comes out by its time, and by the order of entering where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.array(fc.nat(20)), (first, later) => {
      const agenda = createAgenda<readonly [at: number, order: number]>()
      const all = [...first, ...later].map((at, order) => [at, order] as const)
      for (const item of all.slice(0, first.length)) agenda.add(item[0], item)
      const taken = [agenda.take()?.item]
      for (const item of all.slice(first.length)) agenda.add(item[0], item)
      while (agenda.due() !== undefined) taken.push(agenda.take()?.item)
      const inOrder = [...all].sort(byTime)
      const soonest = all.slice(0, first.length).sort(byTime)[0]
      expect(taken).toEqual(
        soonest === undefined ? [undefined, ...inOrder] : [soonest, ...inOrder.filter((item) => item !== soonest)],
      )
    }),
  )
})

function byTime(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0] || one[1] - other[1]
}
