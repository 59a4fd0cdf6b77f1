/** What holds of every event that is written, whatever the rows say: I1, I2, I3, I8, I11, I13, I16, I18 and I20. */
import { nodeOfState, type ConversationEvent, type Effect, type Snapshot } from '#engine/index.ts'
import { isOpen, type Doors } from './doors.ts'
import { BOTS, LINE, SHUT } from './flows.ts'
import { turnOf } from './order-laws.ts'
import { Violation } from './violation.ts'
import { AT, holdsOf, waitsOf, type Written } from './written.ts'

/** What the laws look at besides the event. */
export interface Seen {
  readonly now: number
  /** Effects that were written with events. */
  readonly effects: ReadonlyMap<string, { readonly effect: Effect; readonly epoch: number }>
  /** What bots have answered in this conversation; what they answer now is added. */
  readonly answered: Set<string>
  /** The queues in which a bot may help meanwhile. */
  readonly helped: ReadonlySet<string>
  /** Business hours before the queue, where there are any. */
  readonly doors: Doors | undefined
}

export function checkWritten(written: Written, seen: Seen): void {
  const { before, after, entries, base, id, values } = written
  const first = entries[0]
  if (base !== (before?.version ?? 0))
    throw new Violation('I1', `${id}: an event decided on version ${base} was written on ${before?.version}`)
  if (after.version !== base + 1) throw new Violation('I1', `${id}: version ${after.version} came after ${base}`)
  let seq = before?.seq ?? 0
  if (Number(values[AT.firstSeq]) !== seq + 1)
    throw new Violation('I1', `${id}: its log row begins at ${String(values[AT.firstSeq])} instead of ${seq + 1}`)
  for (const entry of entries)
    if (entry.seq !== ++seq) throw new Violation('I1', `${id}: log entry ${entry.seq} stands where ${seq} belongs`)
  if (after.seq !== seq) throw new Violation('I1', `${id}: the snapshot ends at ${after.seq}, its log at ${seq}`)
  if (before && after.owner !== before.owner && after.epoch <= before.epoch)
    throw new Violation('I1', `${id}: ${after.owner} came after ${before.owner} in the same epoch ${after.epoch}`)
  if (before && after.epoch < before.epoch) throw new Violation('I1', `${id}: its epoch went back`)
  if (before && after.at < before.at)
    throw new Violation('I20', `${id}: its time went back by ${before.at - after.at} ms`)
  if (first?.kind !== 'event') throw new Violation('I14', `${id}: its log does not begin with an event`)
  if (before && after.flow.version !== before.flow.version && first.event.type !== 'conversation.migrated')
    throw new Violation(
      'I16',
      `${id}: from version ${before.flow.version} to ${after.flow.version} by ${first.event.type}`,
    )
  if (before) {
    checkEvent(id, before, first.event, seen)
    checkTurn(id, before, written.key, seen.effects)
    checkPlace(id, before, after, first.event)
    checkDoors(id, before, after, seen.doors)
  }
  const jobs = new Set(written.jobs.map(({ key }) => key))
  const sent = new Set(
    written.jobs.flatMap(({ payload: { effect } }) => (effect?.type === 'message' ? [effect.seq] : [])),
  )
  const isPushed = after.machine.context.about.channel === 'sms'
  for (const entry of entries) {
    if (entry.kind === 'effect' && needsWork(entry.effect) && !jobs.has(entry.effect.id))
      throw new Violation('I18', `${id}: ${entry.effect.id} (${entry.effect.type}) has no job`)
    if (entry.kind === 'message' && entry.from !== 'customer' && isPushed && !sent.has(entry.seq))
      throw new Violation('I18', `${id}: message ${entry.seq} has no job`)
    if (entry.kind === 'message' && entry.from === 'agent' && !isPushed && written.followUp === undefined)
      throw new Violation('I18', `${id}: nobody looks whether message ${entry.seq} was shown`)
  }
}

function checkEvent(
  id: string,
  before: Snapshot,
  event: ConversationEvent,
  { now, effects, answered, helped }: Seen,
): void {
  const { type } = event
  const isHelped = waitsOf(before) && helped.has(nodeOfState(before.state))
  if (type.startsWith('bot.') && before.owner !== 'bot' && !isHelped)
    throw new Violation('I2', `${id}: ${type} was taken while ${before.owner} owned it`)
  if (type === 'bot.message' || type === 'agent.message') {
    const turn = /^bot (\S+) (\d+)$/.exec(event.text)
    const asked = effects.get(turn?.[1] ?? '')
    if (asked && asked.epoch !== before.epoch)
      throw new Violation('I2', `${id}: a bot's turn of epoch ${asked.epoch} was answered in ${before.epoch}`)
    if (turn && answered.has(event.text)) throw new Violation('I3', `${id}: “${event.text}” was written twice`)
    answered.add(event.text)
  }
  // Who was called back to a ticket of theirs may answer.
  if (before.closed && type === 'customer.message' && before.machine.context.called == null)
    throw new Violation('I1', `${id}: ${type} was taken after it was closed`)
  const speaks = type === 'agent.message' || type === 'agent.resolve' || type === 'agent.handback'
  if (speaks && event.by !== undefined && before.owner !== `agent:${event.by}`)
    throw new Violation('I2', `${id}: ${event.by} did ${type} while ${before.owner} owned it`)
  if (type === 'timer') {
    const timer = before.timers.find((each) => each.id === event.id && each.gen === event.gen)
    if (!timer) throw new Violation('I13', `${id}: the deadline ${event.id} came that was not set`)
    if (timer.due > now) throw new Violation('I13', `${id}: ${event.id} came ${timer.due - now} ms early`)
  }
  if (type === 'offer.ended' && event.why === 'expired') {
    const until = before.machine.context.waiting?.offered?.until ?? 0
    if (until > now) throw new Violation('I13', `${id}: an offer ended ${until - now} ms early`)
  }
}

/** What a bot says bears its turn and the epoch of it in its key; what begins an answer counts where it was asked for. */
function checkTurn(id: string, before: Snapshot, key: string | null, effects: Seen['effects']): void {
  const [, turn, epoch, part] = /^bot\.turn:(\S+):(\d+):([^:]+)$/.exec(key ?? '') ?? []
  if (turn === undefined) return
  if (Number(epoch) !== before.epoch)
    throw new Violation('I2', `${id}: a bot's turn of epoch ${epoch} counted in ${before.epoch}`)
  const asked = effects.get(turn)?.effect
  const isFirst = part === '0' || part === 'failed'
  if (asked?.type === 'bot.turn' && isFirst && asked.agent === undefined && asked.node !== nodeOfState(before.state))
    throw new Violation('I2', `${id}: a bot's turn of ${asked.node} counted in ${before.state}`)
}

/** Declined, missed, lost or passed on: nobody is later in turn for it. */
function checkPlace(id: string, before: Snapshot, after: Snapshot, { type }: ConversationEvent): void {
  const had = before.machine.context.waiting
  const has = after.machine.context.waiting
  const comesBack = holdsOf(before) && (type === 'agent.transfer' || type === 'agent.gone')
  if (!had || !has || !waitsOf(after) || !(waitsOf(before) || comesBack)) return
  if (turnOf(has) > turnOf(had)) throw new Violation('I8', `${id}: it lost its place by ${type}`)
}

/** Who is called back to a promise comes at the place that they have kept, whenever that is. */
function checkDoors(id: string, before: Snapshot, { state, at, machine }: Snapshot, doors: Doors | undefined): void {
  if (doors === undefined || before.state === state || waitsOf(before) || holdsOf(before)) return
  if (before.closed || machine.context.called != null) return
  if (state === `queued.${LINE}` && !isOpen(doors, at)) throw new Violation('I11', `${id}: it waits for nobody: closed`)
  if (state === `queued.${SHUT}` && isOpen(doors, at)) throw new Violation('I11', `${id}: it was turned away: open`)
}

/** What somebody outside must hear of, or a row must be made for. */
function needsWork(effect: Effect): boolean {
  switch (effect.type) {
    case 'http':
    case 'ticket':
      return true
    case 'bot.turn':
      return effect.agent !== undefined || BOTS.includes(effect.bot)
    default:
      return false
  }
}
