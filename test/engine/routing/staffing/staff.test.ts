import { describe, expect, it } from 'vitest'
import { changeStaff, type AskedStaff, type StaffingDay } from '#engine/routing/staffing/staff.ts'
import { DAY, HOUR, shift } from './past.ts'

const ann = shift('ann', { capacity: 2, skills: { spanish: 4 } }, 8 * HOUR, 17 * HOUR)
const ben = shift('ben', { languages: ['de'] }, 9 * HOUR, 12 * HOUR)
const day: StaffingDay = {
  team: 'support',
  from: 0,
  to: DAY,
  staff: [
    { shift: ann, because: 'accepted' },
    { shift: ben, because: 'online' },
  ],
  known: [ann.agent, ben.agent, shift('cem', { teams: ['sales'] }).agent],
}

function staffed(asked: AskedStaff) {
  const result = changeStaff(day, asked)
  if (!result.ok) throw new Error(`${result.fault.pointer} ${result.fault.message}`)
  return result.staff
}

function refused(asked: AskedStaff, of: StaffingDay = day): string {
  const result = changeStaff(of, asked)
  return result.ok ? '' : `${result.fault.pointer} ${result.fault.message}`
}

describe('Who works', () => {
  it('is who did, where nothing is asked for', () => {
    expect(staffed({})).toEqual(day.staff)
    expect(staffed({ count: 2 })).toEqual(day.staff)
    expect(staffed({ more: 0 })).toEqual(day.staff)
  })

  it('is more, each like one of those who are there, in turn, the longest shift first', () => {
    const staff = staffed({ more: 3 })
    const more = staff.slice(2).map(({ shift: { agent, from, to }, because }) => ({ ...agent, from, to, because }))
    expect(more).toMatchObject([
      { id: 'more-1', skills: { spanish: 4 }, capacity: 2, from: 8 * HOUR, to: 17 * HOUR, because: 'more' },
      { id: 'more-2', languages: ['de'], from: 9 * HOUR, to: 12 * HOUR },
      { id: 'more-3', skills: { spanish: 4 } },
    ])
  })

  it('is fewer, without those who worked shortest', () => {
    expect(staffed({ more: -1 }).map(({ shift: { agent } }) => agent.id)).toEqual(['ann'])
    expect(staffed({ count: 1 })).toEqual(staffed({ more: -1 }))
    expect(staffed({ count: 0 })).toEqual([])
    expect(staffed({ more: -5 })).toEqual([])
  })

  it('is longest who works longest in all shifts together, and of equals the smaller id', () => {
    const staff = [
      shift('max', {}, 5 * HOUR, 9 * HOUR),
      shift('kim', {}, 5 * HOUR, 10 * HOUR),
      shift('zoe', {}, 6 * HOUR, 9 * HOUR),
      shift('lea', {}, 6 * HOUR, 10 * HOUR),
      shift('zoe', {}, 12 * HOUR, 15 * HOUR),
    ].map((each) => ({ shift: each, because: 'accepted' as const }))
    const names = (asked: AskedStaff, of = staff) => {
      const result = changeStaff({ ...day, staff: of }, asked)
      return result.ok ? result.staff.map(({ shift: { agent } }) => agent.name) : result.fault
    }
    expect(names({ count: 1 })).toEqual(['ZOE', 'ZOE'])
    expect(names({ count: 2 })).toEqual(['KIM', 'ZOE', 'ZOE'])
    expect(names({ count: 3 })).toEqual(['KIM', 'ZOE', 'LEA', 'ZOE'])
    expect(names({ count: 3 }, staff.toReversed())).toEqual(['ZOE', 'LEA', 'ZOE', 'KIM'])
    expect(names({ more: 4 })).toEqual(
      ['MAX', 'KIM', 'ZOE', 'LEA', 'ZOE'].concat(['More 1', 'More 1', 'More 2', 'More 3', 'More 4']),
    )
    const like = changeStaff({ ...day, staff }, { more: 4 })
    const shifts = like.ok ? like.staff.slice(-3).map(({ shift: { from, to } }) => [from / HOUR, to / HOUR]) : []
    expect(shifts).toEqual([
      [5, 10],
      [6, 10],
      [5, 9],
    ])
  })

  it('is nobody where nobody worked and nobody is asked for', () => {
    for (const asked of [{}, { count: 0 }, { agents: [] }, { more: -1 }])
      expect(changeStaff({ ...day, staff: [] }, asked)).toEqual({ ok: true, staff: [] })
  })

  it('is somebody new by the id that is asked for, where skills are named', () => {
    expect(staffed({ agents: [{ id: 'zoe', skills: { french: 3 } }] })[0]?.shift.agent).toEqual({
      ...shift('zoe', { skills: { french: 3 }, capacity: 3 }).agent,
      name: 'zoe',
    })
  })

  it('may work shifts that follow each other, in whatever order they are named', () => {
    const beside = (from: number, to: number) => staffed({ agents: [{ id: 'ann' }, { id: 'ann', from, to }] })
    for (const [from, to] of [
      [6, 8],
      [17, 19],
      [2, 3],
    ] as const)
      expect(beside(from * HOUR, to * HOUR)).toHaveLength(2)
  })

  it('is as many as are asked for, and so many more', () => {
    expect(staffed({ count: 5, more: 2 })).toHaveLength(7)
  })

  it('is who is asked for by id, with what is known of them and what is asked for instead', () => {
    const [first, second] = staffed({ agents: [{ id: 'ann' }, { id: 'cem', capacity: 5, from: HOUR, to: 2 * HOUR }] })
    expect(first).toEqual({ shift: ann, because: 'asked' })
    expect(second?.shift).toMatchObject({ from: HOUR, to: 2 * HOUR, agent: { id: 'cem', capacity: 5 } })
    expect(second?.shift.agent.teams).toEqual(['sales', 'support'])
  })

  it('is somebody new by skills, for the whole day unless a shift is named', () => {
    expect(staffed({ agents: [{ skills: { french: 3 } }, {}] }).map((each) => each.shift)).toMatchObject([
      { from: 0, to: DAY, agent: { id: 'asked-1', skills: { french: 3 }, teams: ['support'], capacity: 3 } },
      { agent: { id: 'asked-2', skills: {} } },
    ])
  })

  it('may work two shifts, but not two at a time', () => {
    const twice = (from: number) => ({ agents: [{ id: 'ann' }, { id: 'ann', from, to: from + HOUR }] })
    expect(staffed(twice(18 * HOUR))).toHaveLength(2)
    expect(staffed({ ...twice(18 * HOUR), more: 1 })).toHaveLength(4)
    expect(refused(twice(10 * HOUR))).toBe('/agents/1 “ann” would work twice at the same time')
  })
})

describe('What is refused, with the place that is wrong', () => {
  it.each([
    [{ agents: [{ id: 'ann' }, { id: 'zoe' }] }, '/agents/1/id “zoe” is nobody who is known'],
    [{ agents: [{ id: 'ann', from: 5, to: 5 }] }, '/agents/0/to must be after the beginning of the shift'],
  ] as const)('%j', (asked, message) => {
    expect(refused(asked)).toBe(message)
  })

  it('more people like nobody', () => {
    expect(refused({ more: 2 }, { ...day, staff: [] })).toMatch(/^\/agents must name somebody/)
    expect(refused({ more: 2, agents: [{}] }, { ...day, staff: [] })).toBe('')
  })
})
