import type { AgentProfile, AgentView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { Dot } from '../../presence/Dot.tsx'
import { words } from '../../words/en.ts'
import { figureFaults, figuresOf, recordOf, typedFaults, type Figure } from '../figures.ts'
import type { Kind } from '../kind.ts'
import { AgentForm } from './AgentForm.tsx'

export interface AgentFields {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: readonly Figure[]
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  readonly tiers: readonly string[]
  /** As it is typed. */
  readonly capacity: string
  /** Empty: a person. */
  readonly bot: string
}

export const LEVELS = { least: 0, most: 100 }
export const ROOM = { least: 0, most: 100 }

export const agentKind: Kind<AgentView, AgentFields> = {
  part: 'agents',
  fresh: { id: '', name: '', teams: [], skills: [], languages: [], channels: [], tiers: [], capacity: '3', bot: '' },
  read: api.agents,
  fieldsOf: ({ id, name, teams, skills, languages, channels, tiers, capacity, bot = '' }) => ({
    id,
    name,
    teams,
    skills: figuresOf(skills),
    languages,
    channels,
    tiers,
    capacity: String(capacity),
    bot,
  }),
  faultsIn: ({ skills, capacity }) => [
    ...figureFaults('skills', skills, LEVELS),
    ...typedFaults('capacity', capacity, ROOM),
  ],
  save: (fields) => api.saveAgent(profileOf(fields)),
  line: ({ presence, teams, bot }) => (
    <>
      <Dot presence={presence} />{' '}
      {[words.presence[presence], ...(bot === undefined ? [] : [words.setup.agent.isBot]), ...teams].join(' · ')}
    </>
  ),
  Form: AgentForm,
}

export function profileOf({ skills, capacity, bot, ...same }: AgentFields): AgentProfile {
  return {
    ...same,
    skills: recordOf(skills),
    capacity: Number(capacity),
    ...(bot.trim() === '' ? {} : { bot: bot.trim() }),
  }
}
