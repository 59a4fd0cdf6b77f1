/** A full queue in five teams and those who serve it, with all sorts of needs; the same at every run. */
import { turnOf, type AvailableAgent, type MatchOptions, type WaitingConversation } from '#engine/routing/index.ts'

const NOW = Date.parse('2026-03-02T09:00:00Z')
const SECOND = 1_000
const MINUTE = 60 * SECOND

const teams = ['billing', 'claims', 'orders', 'returns', 'sales']
const skills = ['cards', 'fraud', 'loans', 'networks', 'refunds', 'spanish', 'tax', 'visas']
const languages = ['de', 'en', 'es', 'fr']
const channels = ['web', 'email', 'whatsapp']

export const options: MatchOptions = { now: NOW, rules: () => ({ policy: 'leastLoaded' }) }

/** Joined within the last hour, and read in no order. */
export function queueOf(count: number): readonly WaitingConversation[] {
  return Array.from({ length: count }, (_, index) => {
    const since = NOW - ((index * 7_919) % 3_600) * SECOND - (index % 997)
    const priority = index % 10
    return {
      id: `c${(index * 104_729) % 1_000_003}`,
      team: picked(teams, index),
      teams: index % 10 === 3 ? [picked(teams, index + 1)] : [],
      priority,
      since,
      turn: turnOf({ since, priority, ageing: MINUTE }),
      channel: picked(channels, index >> 3),
      language: index % 2 === 0 ? picked(languages, index >> 1) : null,
      tier: index % 5 === 4 ? 'gold' : null,
      skills: index % 3 === 0 ? {} : { [picked(skills, index >> 2)]: 1 + (index % 4) },
      prefer: index % 7 === 0 ? { [picked(skills, index >> 1)]: 2 } : {},
      dropped: [],
      skip: index % 20 === 7 ? [{ agent: `a${index % 500}`, why: 'declined' }] : [],
      preferred: index % 30 === 11 ? { agent: `a${index % 500}`, why: 'lastTime', until: null } : null,
      rested: true,
      weight: 1,
    }
  })
}

/** Each has room for one more. */
export function staffOf(count: number): readonly AvailableAgent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `a${index}`,
    name: `Agent ${index}`,
    online: true,
    teams: index % 3 === 0 ? [picked(teams, index), picked(teams, index + 2)] : [picked(teams, index)],
    skills: { [picked(skills, index)]: 1 + (index % 5), [picked(skills, index >> 3)]: 1 + ((index >> 1) % 5) },
    languages: index % 4 === 0 ? [] : ['en', picked(languages, index >> 2)],
    channels: index % 6 === 5 ? ['web'] : [],
    tiers: index % 8 === 7 ? ['silver'] : [],
    capacity: 3,
    load: 2,
    held: 2,
    idleSince: NOW - ((index * 31) % 600) * SECOND,
  }))
}

function picked(all: readonly string[], index: number): string {
  return all[index % all.length] ?? ''
}
