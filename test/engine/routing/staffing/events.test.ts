import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, type WaitingConversation } from '#engine/routing/index.ts'
import { play, playOut, type Arrival, type Scene, type Shift } from '#engine/routing/staffing/events.ts'

const MINUTE = 60_000

describe('A day on the floor', () => {
  test('one agent, three customers: each waits for those before', () => {
    const courses = playOut(scene([arrival(0, 5), arrival(1, 5), arrival(2, 5)], [shift('a', 0, 60)]))
    expect(courses.map(({ given }) => given?.at)).toEqual([0, 5 * MINUTE, 10 * MINUTE])
  })

  test('who loses patience leaves, and the next goes before', () => {
    const [, left, next] = playOut(
      scene([arrival(0, 10), { ...arrival(1, 5), patience: 3 * MINUTE }, arrival(2, 5)], [shift('a', 0, 60)]),
    )
    expect(left).toMatchObject({ given: null, left: 4 * MINUTE })
    expect(next).toMatchObject({ given: { agent: 'a', at: 10 * MINUTE }, left: null })
  })

  test('who has been given to an agent has patience no more', () => {
    const [course] = playOut(scene([{ ...arrival(0, 10), patience: 3 * MINUTE }], [shift('a', 0, 60)]))
    expect(course).toMatchObject({ given: { agent: 'a', at: 0 }, left: null })
  })

  test('at the end of a shift the agent finishes what is held and gets nothing new', () => {
    const ended: number[] = []
    const courses = playOut(scene([arrival(0, 10), arrival(1, 5)], [shift('a', 0, 5), shift('a', 30, 60)]), {
      ended: (_, at) => ended.push(at),
    })
    expect(courses.map(({ given }) => given?.at)).toEqual([0, 30 * MINUTE])
    expect(ended).toEqual([10 * MINUTE, 35 * MINUTE])
  })

  test('needs that relax with time open the way to others', () => {
    const asks: Arrival = {
      ...arrival(0, 5, { skills: { billing: 1 } }),
      relax: [{ after: 2 * MINUTE, change: { dropped: ['billing'] } }],
    }
    const [course] = playOut(scene([asks], [shift('a', 0, 60)]))
    expect(course?.given?.at).toBe(2 * MINUTE)
  })

  test('who is kept for an agent is given to others when the time is over, or the agent goes', () => {
    const kept = arrival(1, 5, { preferred: { agent: 'a', why: 'lastTime', until: 4 * MINUTE } })
    const busy = arrival(0, 30)
    const given = (shifts: readonly Shift[]) => playOut(scene([busy, kept], shifts))[1]?.given
    expect(given([shift('a', 0, 60), shift('b', 0.5, 60)])).toEqual({ agent: 'b', at: 4 * MINUTE })
    expect(given([shift('a', 0, 2), shift('b', 0.5, 60)])).toEqual({ agent: 'b', at: 2 * MINUTE })
  })

  test('who is kept for an agent is not given to another who gets room before', () => {
    const kept = arrival(2, 5, { preferred: { agent: 'a', why: 'lastTime', until: 40 * MINUTE } })
    const staff = [shift('a', 0, 60), shift('b', 0.5, 60)]
    const [, , course] = playOut(scene([arrival(0, 30), arrival(1, 5), kept], staff))
    expect(course?.given).toEqual({ agent: 'a', at: 30 * MINUTE })
  })

  test('room that is kept for a heavy conversation is free for others once it has left', () => {
    const heavy: Arrival = { ...arrival(1, 5, { weight: 2 }), patience: 10 * MINUTE }
    const [, , light] = playOut(scene([arrival(0, 60), heavy, arrival(5, 5)], [shift('a', 0, 90, { capacity: 2 })]))
    expect(light?.given?.at).toBe(11 * MINUTE)
  })

  test('room that is enough for a light conversation is given to it, behind a heavy one that needs more', () => {
    const held = [arrival(0, 5), arrival(0, 60)]
    const waiting = [arrival(1, 5), arrival(2, 5, { weight: 2 })]
    const courses = playOut(scene([...held, ...waiting], [shift('a', 0, 90, { capacity: 2 })]))
    expect(courses.map(({ given }) => given?.at)).toEqual([0, 0, 5 * MINUTE, 60 * MINUTE])
  })

  test('who arrives when something else happens comes last: after the end of a shift, and of a talk', () => {
    const ends = playOut(scene([arrival(5, 5)], [shift('a', 0, 5), shift('b', 6, 60)]))
    expect(ends[0]?.given).toEqual({ agent: 'b', at: 6 * MINUTE })
    const first = arrival(0, 5, { weight: 2 })
    const [, waits, comes] = playOut(scene([first, arrival(1, 5), arrival(5, 5)], [shift('a', 0, 60, { capacity: 2 })]))
    expect([waits?.given?.at, comes?.given?.at]).toEqual([5 * MINUTE, 5 * MINUTE])
  })

  describe('who is to be kept for an agent after a while', () => {
    const staff = [shift('a', 0, 60), shift('b', 3, 60)]
    const drops = [{ after: MINUTE, change: { dropped: ['tier'] } }]
    const keep = (until: number) => ({ preferred: { agent: 'a', why: 'lastTime', until: until * MINUTE } as const })
    /** Both agents are busy, `b` until 6 and `a` until 30, when one who waits is kept for `a`. */
    const given = (relax: Arrival['relax'], others: Arrival['relax'] = []) => {
      const both = [arrival(0, 30), arrival(3, 3)].map((each) => ({ ...each, relax: others }))
      return playOut(scene([...both, { ...arrival(4, 5), relax }], staff))[2]?.given
    }

    test.each<[string, Arrival['relax']]>([
      ['alone', [{ after: MINUTE, change: keep(40) }]],
      [
        'after something else',
        [
          { after: 30_000, change: { dropped: ['tier'] } },
          { after: MINUTE, change: keep(40) },
        ],
      ],
      [
        'before something else',
        [
          { after: MINUTE, change: keep(40) },
          { after: 2 * MINUTE - 1, change: { dropped: ['tier'] } },
        ],
      ],
    ])('is not given to another who gets room before: %s', (_, relax) => {
      expect(given([])).toEqual({ agent: 'b', at: 6 * MINUTE })
      expect(given(relax)).toEqual({ agent: 'a', at: 30 * MINUTE })
      expect(given(relax, drops)).toEqual({ agent: 'a', at: 30 * MINUTE })
    })

    test('is given to others when the time is over', () => {
      expect(given([{ after: MINUTE, change: keep(9) }])).toEqual({ agent: 'b', at: 9 * MINUTE })
    })

    test('where all are, each waits for the own agent', () => {
      const all = [arrival(0, 30, keep(1)), arrival(3, 3), arrival(4, 5, keep(40))].map((each, index) =>
        index === 1 ? { ...each, conversation: { ...each.conversation, ...keep(3) } } : each,
      )
      expect(playOut(scene(all, staff))[2]?.given).toEqual({ agent: 'a', at: 30 * MINUTE })
    })
  })

  test('so many events happen as are let, and the last of them is known to be the last', () => {
    const { advance, courses } = play(scene([arrival(0, 5), arrival(1, 5)], [shift('a', 2, 60)]))
    expect([advance(1), courses.length]).toEqual([true, 1])
    expect([advance(1), courses.length]).toEqual([true, 2])
    // The shift begins, both talk one after the other, the shift ends.
    expect([advance(1), advance(1), advance(1), advance(1)]).toEqual([true, true, true, false])
    const alone = play(scene([arrival(0, 5)], []))
    expect([alone.advance(1), alone.courses.length]).toEqual([false, 1])
  })

  test('a customer about to join sees the floor without itself', () => {
    const waiting: number[] = []
    playOut(scene([arrival(0, 10), arrival(1, 5), arrival(2, 5)], [shift('a', 0, 60)]), {
      joins: (_, floor) => waiting.push(floor.waiting.size),
    })
    expect(waiting).toEqual([0, 0, 1])
  })
})

describe('Laws of the floor', () => {
  test('1. each arrival comes to one end, and nobody waits while an agent who fits has room', () => {
    fc.assert(
      fc.property(scenes, (day) => {
        const { advance, courses, floor } = play(day)
        while (advance(1)) {
          const agents = [...floor.agents]
          expect(match([...floor.waiting.values()], agents, { now: 0, rules: day.rules })).toEqual([])
          expect(agents.every(({ load, held, capacity }) => load >= 0 && load <= capacity && held === load)).toBe(true)
        }
        expect(courses.map(({ arrival }) => arrival)).toEqual(day.arrivals)
        for (const { arrival, given, left } of courses) {
          const waits = floor.waiting.has(arrival.conversation.id)
          expect([given !== null, left !== null, waits].filter(Boolean)).toHaveLength(1)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('2. in slices or at once, the day is the same', () => {
    fc.assert(
      fc.property(scenes, fc.integer({ min: 1, max: 7 }), (day, slice) => {
        const { advance, courses } = play(day)
        while (advance(slice));
        expect(courses).toEqual(playOut(day))
      }),
      { numRuns: 100 },
    )
  })

  test('3. nothing is given to who is not on shift', () => {
    fc.assert(
      fc.property(scenes, (day) => {
        for (const { given } of playOut(day)) {
          if (given === null) continue
          const onShift = day.shifts.some(
            ({ agent, from, to }) => agent.id === given.agent && from <= given.at && given.at <= to,
          )
          expect(onShift).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })
})

function scene(arrivals: readonly Arrival[], shifts: readonly Shift[]): Scene {
  const named = arrivals.map((each, index) => ({
    ...each,
    conversation: { ...each.conversation, id: `c${String(index).padStart(2, '0')}` },
  }))
  return { arrivals: named, shifts, rules: () => ({ policy: 'leastLoaded' }) }
}

/** In minutes. */
function arrival(at: number, handle: number, own: Partial<WaitingConversation> = {}): Arrival {
  const conversation: WaitingConversation = {
    id: '',
    team: 'support',
    teams: [],
    priority: 0,
    since: at * MINUTE,
    turn: at * MINUTE,
    channel: 'web',
    language: null,
    tier: null,
    skills: {},
    prefer: {},
    dropped: [],
    skip: [],
    preferred: null,
    rested: true,
    weight: 1,
    ...own,
  }
  return { conversation, at: at * MINUTE, patience: null, handle: handle * MINUTE, relax: [] }
}

/** In minutes. */
function shift(id: string, from: number, to: number, own: Partial<Shift['agent']> = {}): Shift {
  const agent = { id, name: id, teams: ['support'], skills: {}, languages: [], channels: [], tiers: [], capacity: 1 }
  return { agent: { ...agent, ...own }, from: from * MINUTE, to: to * MINUTE }
}

const skills = fc.constantFrom({}, { billing: 1 }, { returns: 1 }, { billing: 1, returns: 1 })
const drawn = fc.record({
  at: fc.nat(60),
  handle: fc.integer({ min: 1, max: 20 }),
  patience: fc.option(fc.nat(30)),
  skills,
  priority: fc.constantFrom(0, 0, 0, 20),
  drops: fc.option(fc.nat(15)),
})
const scenes = fc
  .tuple(
    fc.array(drawn, { maxLength: 30 }),
    fc.array(
      fc.record({
        skills,
        from: fc.nat(20),
        length: fc.integer({ min: 1, max: 60 }),
        capacity: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([customers, people]) =>
    scene(
      [...customers]
        .sort((one, other) => one.at - other.at)
        .map(({ at, handle, patience, skills: asked, priority, drops }) => ({
          ...arrival(at, handle, { skills: asked, priority, turn: (at - priority) * MINUTE }),
          patience: patience === null ? null : patience * MINUTE,
          relax: drops === null ? [] : [{ after: drops * MINUTE, change: { dropped: ['billing'] } }],
        })),
      people.map(({ skills: has, from, length, capacity }, index) =>
        shift(`a${index}`, from, from + length, { skills: has, capacity }),
      ),
    ),
  )
