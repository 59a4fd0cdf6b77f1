import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paths, routeOf, setupParts } from '#desk/shell/route.ts'

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
