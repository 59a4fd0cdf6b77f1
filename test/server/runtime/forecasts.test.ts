/** What whoever joins is told, from the little that is read first and from the whole line. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsKey, type Needs } from '#engine/routing/index.ts'
import { foretell, foretellAtOnce } from '#server/runtime/forecasts.ts'
import type { LineFacts, RoomFacts } from '#server/store/line.ts'
import type { Staffed } from '#server/store/staff.ts'

const team = fc.constantFrom('sales', 'service', 'billing')
const language = fc.constantFrom('en', 'de')
const needs = fc
  .record({
    team,
    teams: fc.uniqueArray(team, { maxLength: 1 }),
    language: fc.option(language),
    skills: fc.constantFrom({}, { returns: 2 }, { returns: 4 }),
  })
  .map((each): Needs => ({ channel: 'web', tier: null, dropped: [], ...each }))
const agent = fc.record({
  teams: fc.uniqueArray(team, { minLength: 1, maxLength: 2 }),
  languages: fc.uniqueArray(language, { maxLength: 2 }),
  skills: fc.constantFrom({}, { returns: 3 }, { returns: 5 }),
  capacity: fc.integer({ min: 1, max: 3 }),
  load: fc.integer({ min: 0, max: 3 }),
})
const group = fc.record({
  needs,
  count: fc.integer({ min: 1, max: 4 }),
  before: fc.integer({ min: 0, max: 4 }),
  isOffered: fc.boolean(),
})

describe('who joins is told the time', () => {
  it('from the little that is read first, or else from the whole line: never two different ones', () => {
    let atOnce = 0
    fc.assert(
      fc.property(
        needs,
        fc.array(agent, { maxLength: 4 }),
        fc.array(group, { maxLength: 2 }),
        (own, agents, groups) => {
          const { room, line } = read(own, agents.map(staffed), groups)
          const found = foretellAtOnce(room, own)
          if (found === undefined) return
          atOnce++
          expect(found).toEqual(foretell(line, own))
        },
      ),
      { numRuns: 3_000 },
    )
    expect(atOnce).toBeGreaterThan(300)
  })

  it('only from the whole line, while somebody waits whom the free agent fits', () => {
    const { room } = read(
      asks('sales'),
      [staffed({ ...free, teams: ['sales'] }, 0)],
      [{ needs: asks('sales'), count: 1, before: 0, isOffered: false }],
    )
    expect(foretellAtOnce(room, asks('sales'))).toBeUndefined()
  })

  it('only from the whole line, while a colleague asks for the free agent by name', () => {
    const { room } = read(asks('sales'), [staffed({ ...free, teams: ['sales'] }, 0)], [])
    const keys = [`${needsKey(asks('billing'))}\nagent0`]
    expect(foretellAtOnce(room, asks('sales'))).toMatchObject({ eta: 0 })
    expect(foretellAtOnce({ ...room, keys }, asks('sales'))).toBeUndefined()
  })

  it('and no time at once where the free agent has too little room for what this channel takes', () => {
    const { room } = read(asks('sales'), [staffed({ ...free, teams: ['sales'] }, 0)], [])
    expect(foretellAtOnce({ ...room, weight: 2 }, asks('sales'))).toBeUndefined()
  })
})

const free = { languages: [], skills: {}, capacity: 1, load: 0 }

function asks(team: string): Needs {
  return { team, teams: [], channel: 'web', language: null, tier: null, skills: {}, dropped: [] }
}

interface Waits {
  readonly needs: Needs
  readonly count: number
  readonly before: number
  readonly isOffered: boolean
}

/** What both readings bring of the same moment. */
function read(own: Needs, staff: readonly Staffed[], waits: readonly Waits[]): { room: RoomFacts; line: LineFacts } {
  const teams = [own.team, ...own.teams]
  const groups = waits.map(({ needs: { dropped: _, ...asked }, count, before, isOffered }) => ({
    team: asked.team,
    key: isOffered ? null : needsKey({ ...asked, dropped: [] }),
    count,
    ahead: Math.min(count, before),
    weight: 1,
  }))
  const mine = groups.filter((each) => each.team === own.team)
  return {
    room: {
      staff: staff.filter((each) => each.teams.some((team) => teams.includes(team))),
      keys: groups.flatMap(({ key }) => key ?? []),
      waiting: mine.reduce((sum, { count }) => sum + count, 0),
      ahead: mine.reduce((sum, { ahead }) => sum + ahead, 0),
      weight: 1,
    },
    line: { groups, staff, pace: { handle: 300_000, waits: [] }, weight: 1 },
  }
}

function staffed(
  profile: Pick<Staffed, 'teams' | 'languages' | 'skills' | 'capacity' | 'load'>,
  index: number,
): Staffed {
  const id = `agent${index}`
  return {
    ...profile,
    id,
    name: id,
    channels: [],
    tiers: [],
    presence: 'online',
    online: true,
    because: null,
    held: profile.load,
    idleSince: 0,
  }
}
