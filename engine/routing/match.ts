/**
 * Who gets which conversation. Pure: the server reads who waits and who is there, and makes the offers that come out.
 *
 * Laws:
 *   1. An offer goes to an agent who is online, of the team, has room, speaks the language, serves the channel and has
 *      every skill at its level; needs that time has relaxed (`dropped`) are not asked for.
 *   2. No agent is given more than there is room for, no conversation to two agents.
 *   3. Order: higher priority first, then who waits longer, then the smaller id. A later one goes first only where no
 *      agent with room fits the earlier one.
 *   4. No agent with room is left idle while somebody waits whom that agent fits.
 *   5. The agent who is asked for by a transfer goes first; then the one with the smallest share of room used, then the
 *      one idle for longest. Who declined, missed or lost it comes last, and only after a rest.
 */
export interface WaitingConversation {
  readonly id: string
  readonly team: string
  readonly priority: number
  /** Epoch milliseconds. */
  readonly since: number
  readonly channel: string
  readonly language: string | null
  readonly skills: Readonly<Record<string, number>>
  /** Needs no longer asked for: names of skills, or `language`. */
  readonly dropped: readonly string[]
  readonly skip: readonly string[]
  readonly preferred: string | null
  /** False while those in `skip` are left in peace. */
  readonly rested: boolean
}

export interface AvailableAgent {
  readonly id: string
  readonly name: string
  readonly online: boolean
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  /** Empty: any. */
  readonly languages: readonly string[]
  /** Empty: any. */
  readonly channels: readonly string[]
  readonly capacity: number
  /** Room taken: conversations held, offers and wrap-up counted. */
  readonly load: number
  /** When the last conversation ended; 0 when there was none. */
  readonly idleSince: number
}

export interface Match {
  readonly conversation: string
  readonly agent: { readonly id: string; readonly name: string }
  /** A sentence for the agent and the audit: why this agent. */
  readonly reason: string
}

/** The offers to make now, in the order in which they are to be made. */
export function match(waiting: readonly WaitingConversation[], agents: readonly AvailableAgent[]): readonly Match[] {
  const room = new Map(agents.map((agent) => [agent.id, agent.capacity - agent.load]))
  let free = agents.filter((agent) => agent.online && (room.get(agent.id) ?? 0) > 0)
  const matches: Match[] = []
  for (const conversation of inOrder(waiting)) {
    if (free.length === 0) break
    const best = choose(conversation, free, room)
    if (!best) continue
    matches.push({
      conversation: conversation.id,
      agent: { id: best.id, name: best.name },
      reason: reasonFor(conversation, best),
    })
    const left = (room.get(best.id) ?? 0) - 1
    room.set(best.id, left)
    if (left <= 0) free = free.filter((agent) => agent.id !== best.id)
  }
  return matches
}

/** What an agent lacks for a conversation, as sentences; none when the agent fits. Room and presence do not count. */
export function lacks(conversation: WaitingConversation, agent: AvailableAgent): readonly string[] {
  const missing: string[] = []
  const asked = (need: string) => !conversation.dropped.includes(need)
  if (!agent.teams.includes(conversation.team) && conversation.preferred !== agent.id)
    missing.push(`is not in team “${conversation.team}”`)
  if (agent.channels.length > 0 && !agent.channels.includes(conversation.channel))
    missing.push(`does not serve the channel “${conversation.channel}”`)
  if (
    conversation.language !== null &&
    asked('language') &&
    agent.languages.length > 0 &&
    !speaks(agent, conversation.language)
  ) {
    missing.push(`does not speak “${conversation.language}”`)
  }
  for (const [skill, level] of Object.entries(conversation.skills)) {
    const has = Object.hasOwn(agent.skills, skill) ? (agent.skills[skill] ?? 0) : 0
    if (asked(skill) && has < level) missing.push(`has “${skill}” at ${has} where ${level} is asked for`)
  }
  return missing
}

/** Queue order: law 3. */
export function inOrder<Place extends Pick<WaitingConversation, 'id' | 'priority' | 'since'>>(
  waiting: readonly Place[],
): readonly Place[] {
  return [...waiting].sort(
    (one, other) => other.priority - one.priority || one.since - other.since || (one.id < other.id ? -1 : 1),
  )
}

function choose(
  conversation: WaitingConversation,
  free: readonly AvailableAgent[],
  room: ReadonlyMap<string, number>,
): AvailableAgent | undefined {
  let best: AvailableAgent | undefined
  for (const agent of free) {
    if (conversation.skip.includes(agent.id) && !conversation.rested) continue
    if (lacks(conversation, agent).length > 0) continue
    if (!best || goesBefore(agent, best, conversation, room)) best = agent
  }
  return best
}

function goesBefore(
  one: AvailableAgent,
  other: AvailableAgent,
  { skip, preferred }: WaitingConversation,
  room: ReadonlyMap<string, number>,
): boolean {
  const used = (agent: AvailableAgent) => 1 - (room.get(agent.id) ?? 0) / agent.capacity
  const order =
    Number(skip.includes(one.id)) - Number(skip.includes(other.id)) ||
    Number(other.id === preferred) - Number(one.id === preferred) ||
    used(one) - used(other) ||
    one.idleSince - other.idleSince
  return order < 0 || (order === 0 && one.id < other.id)
}

/** `de-AT` is spoken by who speaks `de`, and the other way round. */
function speaks(agent: AvailableAgent, language: string): boolean {
  const primary = (tag: string) => tag.toLowerCase().split('-')[0]
  return agent.languages.some((spoken) => primary(spoken) === primary(language))
}

function reasonFor(conversation: WaitingConversation, agent: AvailableAgent): string {
  if (conversation.preferred === agent.id) return `${agent.name} was asked for by name.`
  const fits = [`is in team “${conversation.team}”`]
  const skills = Object.keys(conversation.skills).filter((skill) => !conversation.dropped.includes(skill))
  if (skills.length > 0) fits.push(`has ${skills.map((skill) => `“${skill}”`).join(', ')}`)
  if (conversation.language !== null && !conversation.dropped.includes('language'))
    fits.push(`speaks “${conversation.language}”`)
  const relaxed =
    conversation.dropped.length === 0
      ? ''
      : ` After the wait, ${conversation.dropped.map((need) => `“${need}”`).join(', ')} was no longer asked for.`
  const again = conversation.skip.includes(agent.id) ? ' Nobody else is free, so the same person is asked again.' : ''
  return `${agent.name} ${fits.join(', ')}, and has room for one more.${relaxed}${again}`
}
