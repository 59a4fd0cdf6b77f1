import type { TeamView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { figureFaults, figuresOf, recordOf, typedFaults, type Figure } from '../figures.ts'
import type { Kind } from '../kind.ts'
import { TeamForm } from './TeamForm.tsx'

export interface TeamFields {
  readonly id: string
  readonly name: string
  readonly offerFor: string
  readonly routing: 'leastLoaded' | 'longestIdle'
  /** As it is typed; empty: as when left out. */
  readonly awayAfter: string
  readonly weights: readonly Figure[]
}

export const WEIGHTS = { least: 0.25, most: 100 }
const MISSES = { least: 0, most: 100 }

export const teamKind: Kind<TeamView, TeamFields> = {
  part: 'teams',
  fresh: { id: '', name: '', offerFor: '', routing: 'leastLoaded', awayAfter: '', weights: [] },
  read: api.teams,
  fieldsOf: ({ id, name, offerFor = '', routing = 'leastLoaded', awayAfter, weights }) => ({
    id,
    name,
    offerFor,
    routing,
    weights: figuresOf(weights),
    awayAfter: awayAfter === undefined ? '' : String(awayAfter),
  }),
  faultsIn: ({ weights, awayAfter }) => [
    ...figureFaults('weights', weights, WEIGHTS),
    ...(awayAfter.trim() === '' ? [] : typedFaults('awayAfter', awayAfter, MISSES)),
  ],
  save: (fields) => api.saveTeam(teamOf(fields)),
  line: ({ id }) => id,
  Form: TeamForm,
}

/** What is empty is left out: the server then does as it does where nothing is said. */
export function teamOf({ id, name, offerFor, routing, awayAfter, weights }: TeamFields): TeamView {
  return {
    id,
    name,
    routing,
    ...(offerFor.trim() === '' ? {} : { offerFor: offerFor.trim() }),
    ...(awayAfter.trim() === '' ? {} : { awayAfter: Number(awayAfter) }),
    ...(weights.length === 0 ? {} : { weights: recordOf(weights) }),
  }
}
