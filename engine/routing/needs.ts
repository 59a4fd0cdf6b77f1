/** What a conversation asks of an agent, and whether an agent has it. Room and presence are not asked here. */

export interface Needs {
  readonly team: string
  /** Overflow: teams that time has opened besides `team`. */
  readonly teams: readonly string[]
  readonly channel: string
  readonly language: string | null
  readonly tier: string | null
  /** Required skills, each at the level that is asked for now. */
  readonly skills: Readonly<Record<string, number>>
  /** No longer asked for: names of skills, `language`, `tier`. */
  readonly dropped: readonly string[]
}

/** What an agent offers. An empty list of languages, channels or tiers means any. */
export interface Offering {
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  readonly tiers: readonly string[]
}

/** What is really asked for: the needs without those that were dropped or that everybody meets. */
export interface Asked {
  readonly teams: readonly string[]
  readonly channel: string
  /** As `primary` writes it. */
  readonly language: string | null
  readonly tier: string | null
  readonly skills: readonly (readonly [name: string, level: number])[]
}

export function fitsNeeds(needs: Needs, agent: Offering): boolean {
  return lacksOf(asked(needs), agent).length === 0
}

/**
 * Needs that the same agents meet share a key, whatever is written in them: the order of skills and teams, a dialect,
 * a skill that was dropped. The team comes first: its policy and its weights are part of how a queue is matched.
 */
export function needsKey(needs: Needs): string {
  const { teams, channel, language, tier, skills } = asked(needs)
  const overflow = [...new Set(teams)].filter((team) => team !== needs.team).sort()
  return JSON.stringify([needs.team, overflow, channel, language, tier, [...skills].sort(byName)])
}

export function asked({ team, teams, channel, language, tier, skills, dropped }: Needs): Asked {
  const isAsked = (need: string) => !dropped.includes(need)
  return {
    teams: teams.length === 0 ? [team] : [team, ...teams],
    channel,
    language: language !== null && isAsked('language') ? primary(language) : null,
    tier: isAsked('tier') ? tier : null,
    skills: Object.entries(skills).filter(([skill, level]) => level > 0 && isAsked(skill)),
  }
}

/** One need that an agent does not meet. */
export type Lack =
  | { readonly need: 'team'; readonly team: string }
  | { readonly need: 'skill'; readonly skill: string; readonly level: number; readonly has: number }
  | { readonly need: 'language' | 'tier' | 'channel'; readonly name: string }

/** What an agent lacks; nothing when it fits. */
export function lacksOf({ teams, channel, language, tier, skills }: Asked, agent: Offering): readonly Lack[] {
  const lacks: Lack[] = []
  const [team = ''] = teams
  if (!teams.some((each) => agent.teams.includes(each))) lacks.push({ need: 'team', team })
  for (const [skill, level] of skills) {
    const has = levelOf(agent, skill)
    if (has < level) lacks.push({ need: 'skill', skill, level, has })
  }
  if (language !== null && !speaks(agent, language)) lacks.push({ need: 'language', name: language })
  if (tier !== null && !servesTier(agent, tier)) lacks.push({ need: 'tier', name: tier })
  if (!serves(agent, channel)) lacks.push({ need: 'channel', name: channel })
  return lacks
}

export function levelOf({ skills }: Pick<Offering, 'skills'>, skill: string): number {
  return Object.hasOwn(skills, skill) ? (skills[skill] ?? 0) : 0
}

export function serves({ channels }: Offering, channel: string): boolean {
  return channels.length === 0 || channels.includes(channel)
}

export function servesTier({ tiers }: Offering, tier: string): boolean {
  return tiers.length === 0 || tiers.includes(tier)
}

/** `language` as `primary` writes it: `de-AT` is spoken by who speaks `de`, and the other way round. */
export function speaks({ languages }: Offering, language: string): boolean {
  return languages.length === 0 || languages.some((each) => each === language || primary(each) === language)
}

/** The language of a tag without region and script: `de` of `de-AT`. */
export function primary(tag: string): string {
  const end = tag.search(/[-_]/)
  return (end < 0 ? tag : tag.slice(0, end)).toLowerCase()
}

function byName([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1
}
