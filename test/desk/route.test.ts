import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adminParts, paths, routeOf, setupParts } from '#desk/shell/route.ts'

test('An address of the setup leads to what it was made for, whatever its id holds', () => {
  fc.assert(
    fc.property(fc.constantFrom(...setupParts), fc.option(fc.string({ minLength: 1 })), (part, item) => {
      expect(routeOf(paths.setup(part, item))).toEqual({ page: 'setup', part, item })
    }),
  )
  expect(routeOf('/desk/setup/')).toEqual({ page: 'setup', part: 'agents', item: null })
  expect(routeOf('/desk/setup/nothing')).toEqual({ page: 'nowhere' })
  expect(routeOf('/desk/promises')).toEqual({ page: 'promises' })
})

test('An address of the administration leads to its part, and to its people where it names none', () => {
  for (const part of adminParts) expect(routeOf(paths.admin(part))).toEqual({ page: 'admin', part })
  expect(routeOf('/desk/admin')).toEqual({ page: 'admin', part: 'people' })
  expect(routeOf('/desk/admin/nothing')).toEqual({ page: 'nowhere' })
})
