import { expect, test } from 'vitest'
import { endOf } from '#desk/admin/keys/ending.ts'

const NOON = Date.parse('2026-11-21T12:00:00.000Z')

test('a key ends never, so many days from now, or with the end of a day where the reader is', () => {
  expect(endOf('never', '', NOON)).toBeUndefined()
  expect(endOf('month', '', NOON)).toBe('2026-12-21T12:00:00.000Z')
  expect(endOf('date', '2026-12-24', NOON)).toBe(new Date('2026-12-24T23:59:59.999').toISOString())
})

test('a day that is none is no end', () => {
  for (const day of ['', '2026-02-31x', 'soon']) expect(endOf('date', day, NOON)).toBeNull()
})
