import { expect, test } from 'vitest'
import { areas, areasOf } from '#desk/admin/keys/rights.ts'
import { rights, roles } from '#server/http/rights.ts'

test('a key can be narrowed to every right there is, and what is offered for a role is what the role holds', () => {
  const offered = Object.fromEntries(
    areas.flatMap(({ rights: ofArea }) => ofArea.map(({ right, roles: held }) => [right, [...held].sort()])),
  )
  const there = Object.fromEntries(
    Object.entries(rights).map(([right, held]) => [right, held.filter((role) => role !== 'customer').sort()]),
  )
  expect(offered).toEqual(there)
})

test('no right is offered twice, and no area is empty', () => {
  for (const role of roles) {
    const shown = areasOf(role)
    const names = shown.flatMap(({ rights: ofArea }) => ofArea.map(({ right }) => right))
    expect(new Set(names).size).toBe(names.length)
    expect(shown.every(({ rights: ofArea }) => ofArea.length > 0)).toBe(true)
  }
})
