import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultsOf, pointed, stillThere, strays } from '#desk/setup/faults.ts'
import { figureFaults, figuresOf, recordOf } from '#desk/setup/figures.ts'
import { freeId } from '#desk/setup/ids.ts'
import { fieldsOf, scheduleOf, timeOf, weekOf } from '#desk/setup/schedules/week.ts'

const fields = ['name', 'skills', 'week']
const part = fc.constantFrom('name', 'skills', 'week', 'names', 'mon', '0', 'a/b', '~')
const details = fc.array(
  fc.record({
    pointer: fc.array(part, { maxLength: 4 }).map((parts) => parts.map((each) => `/${pointed(each)}`).join('')),
    message: fc.string({ minLength: 1 }),
  }),
)

describe('What is wrong', () => {
  test('1. is said at a field or above the form, and never nowhere', () => {
    fc.assert(
      fc.property(details, (all) => {
        const shown = faultsOf(all)
        const above = strays(all, fields)
        const below = all.filter(({ pointer }) =>
          fields.some((field) => pointer === `/${field}` || pointer.startsWith(`/${field}/`)),
        )
        expect(above.length + below.length).toBe(all.length)
        for (const { pointer, message } of below)
          expect(shown.under(`/${pointer.split('/')[1]}`)?.toLowerCase()).toContain(message.toLowerCase())
      }),
    )
  })

  test('2. goes when its field is changed, and what is wrong elsewhere stays', () => {
    const all = [
      { pointer: '/name', message: 'x' },
      { pointer: '/skills/a~1b', message: 'y' },
    ]
    expect(stillThere(all, { name: 'a', skills: [] }, { name: 'b', skills: [] })).toEqual([])
    const same = { name: 'a', skills: ['s'] }
    expect(stillThere(all, same, { ...same, name: 'b' })).toEqual([all[1]])
  })
})

describe('What is set up', () => {
  test('3. figures are sent as they were read', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => name.trim() === name && name !== '__proto__'),
          fc.integer(),
        ),
        (record) => {
          expect(recordOf(figuresOf(record))).toEqual({ ...record })
        },
      ),
    )
  })

  test('4. rows that no record can hold are named: without a name, without a figure that fits, twice', () => {
    const rows = [
      { name: '', figure: 1 },
      { name: 'a', figure: '' as const },
      { name: 'b', figure: 1 },
      { name: ' b', figure: 2 },
      { name: 'c', figure: 10 },
    ]
    expect(figureFaults('skills', rows, { least: 0, most: 9 }).map(({ pointer }) => pointer)).toEqual([
      '/skills/#0',
      '/skills/#1',
      '/skills/#3',
      '/skills/#4',
    ])
  })

  test('5. a schedule is sent as it was read, whatever it leaves out', () => {
    const hours = fc.array(fc.tuple(fc.constantFrom('08:00', '13:00'), fc.constantFrom('12:00', '24:00')), {
      minLength: 1,
      maxLength: 2,
    })
    const date = fc.constantFrom('2026-12-24', '2026-12-25', '2027-01-01')
    const schedule = fc.record(
      {
        id: fc.constant('office'),
        timezone: fc.constant('UTC'),
        week: fc.record({ mon: hours, sun: hours }, { requiredKeys: [] }),
        name: fc.constant('Office'),
        holidays: fc.uniqueArray(date, { minLength: 1 }),
        breaks: fc.dictionary(date, hours, { minKeys: 1 }),
        shifts: fc.dictionary(date, hours, { minKeys: 1 }),
        exceptions: fc.array(
          fc.record({ from: date, to: date, name: fc.constant('Break'), hours }, { requiredKeys: ['from'] }),
          { minLength: 1 },
        ),
      },
      { requiredKeys: ['id', 'timezone', 'week'] },
    )
    fc.assert(
      fc.property(schedule, (each) => {
        expect(scheduleOf(fieldsOf(each))).toEqual(each)
      }),
    )
    expect(weekOf(() => []).mon).toEqual([])
  })

  test('6. a time is read as people write it; what is none stays for the server to judge', () => {
    expect(['9', '9.30', '5pm', '12am', '0900', '24', '09:00', '25', '13pm', 'noon'].map(timeOf)).toEqual([
      '09:00',
      '09:30',
      '17:00',
      '00:00',
      '09:00',
      '24:00',
      '09:00',
      '25',
      '13pm',
      'noon',
    ])
  })

  test('7. an id says the name, and is nobody else’s', () => {
    expect(freeId('María Ruiz', [])).toBe('maria-ruiz')
    expect(freeId('Tom', ['tom', 'tom-2'])).toBe('tom-3')
    expect(freeId('山田', [])).toBe('')
  })
})
