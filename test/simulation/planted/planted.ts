/**
 * Forty bugs, planted by hand: in the runtime, the store, the engine, the effects, and in the functions of the database.
 * Each is a change of one place. The simulation is worth something because it finds every one of them; a `find` that is
 * not in the source any more fails the test, so that the list keeps up with the code.
 */
import type { Change } from '../build.ts'
import type { FunctionChange } from '../function.ts'

export interface Planted {
  readonly name: string
  /** What goes wrong by it, for whom. */
  readonly breaks: string
  /** A place in the source, or a function of the database as PostgreSQL keeps it. */
  readonly in: Change | FunctionChange
}

const source = (name: string, breaks: string, file: string, find: string, replace: string): Planted => ({
  name,
  breaks,
  in: { file, find, replace },
})
const database = (name: string, breaks: string, sql: string, find: string, replace: string): Planted => ({
  name,
  breaks,
  in: { sql, find, replace },
})

const ACCEPT = 'server/runtime/accept.ts'
const COLUMNS = 'server/runtime/columns.ts'
const COMMIT = 'baton.commit_event'
const NOTE = 'baton.note_handoff'

export const planted: readonly Planted[] = [
  // Writing an event
  source(
    'a conflict is taken for a success',
    'an event is acknowledged and not written',
    ACCEPT,
    "if (outcome.outcome !== 'conflict') throw unwritten",
    "if (outcome.outcome === 'conflict') return answer\n      throw unwritten",
  ),
  source(
    'keys are not written',
    'an event that is sent again is taken twice',
    ACCEPT,
    '...(asked ? { key: { ...asked, answer: jsonText(answer) } } : {}),',
    '',
  ),
  source(
    'what was answered before is not looked for',
    'an event that was taken is refused when it is sent again',
    ACCEPT,
    'const earlier = await answeredBefore(pool, id, asked)\n        if (earlier) return earlier\n        throw asRuntimeError(error)',
    'throw asRuntimeError(error)',
  ),
  source(
    'keys do not know what they were used for',
    'another event under the same key is answered as the first',
    ACCEPT,
    "return hash('sha256', JSON.stringify(value), 'base64url')",
    "return hash('sha256', String(value.length), 'base64url')",
  ),
  source(
    'an accept does not look at the room',
    'an agent holds more than their capacity',
    ACCEPT,
    "case 'agent.accept':\n      return { agent: event.agent, does: 'accepts' }",
    "case 'agent.accept':\n      return undefined",
  ),
  source(
    'an offer does not look at the agent',
    'somebody who has left, or has no room, is offered a customer',
    ACCEPT,
    "case 'offer.made':\n      return { agent: event.agent.id, does: 'offered' }",
    "case 'offer.made':\n      return undefined",
  ),
  source(
    'log rows begin one too early',
    'readers of the log find an entry in two rows',
    ACCEPT,
    'firstSeq: (before?.seq ?? 0) + 1,',
    'firstSeq: before?.seq ?? 0,',
  ),
  source(
    'a lost connection is taken for a success',
    'an event is acknowledged and not written',
    'server/runtime/write.ts',
    'unsure = true\n      await pause(Math.min(50 * 2 ** attempt, 1_000))',
    "return { outcome: 'committed', wake: true, away: false }",
  ),
  source(
    'a deadlock is taken for a success',
    'an event is acknowledged and not written',
    'server/runtime/write.ts',
    "if (failure === 'contended' && ++deadlocks <= DEADLOCKS) continue",
    "if (failure === 'contended' && ++deadlocks <= DEADLOCKS) return { outcome: 'committed', wake: true, away: false }",
  ),
  source(
    'whoever wrote, it was us',
    'after a lost connection somebody else’s event is taken for ours',
    'server/runtime/write.ts',
    'return rows[0]?.token === token',
    'return token > 0',
  ),
  source(
    'a turn of an earlier owner counts',
    'a bot talks to a customer whom a person had in between',
    'server/runtime/decide.ts',
    'if (epoch !== undefined && epoch !== snapshot.epoch) throw ownerChanged()',
    '',
  ),
  source(
    'conversations run on the live version',
    'what a designer publishes changes conversations that run',
    'server/runtime/flows.ts',
    'const flow = await store.version(id, version)',
    'const flow = (await store.live(id))?.flow',
  ),
  source(
    'time goes back',
    'a node whose clock is behind writes events before those that came before',
    'server/runtime/decide.ts',
    'const now = Math.max(clock.now(), snapshot.at)',
    'const now = clock.now() - 1_000',
  ),
  // Deadlines
  source(
    'offers end early',
    'an agent loses an offer while it rings',
    'server/runtime/timers.ts',
    'if (offered && offered.until <= now && offered.until < due)',
    'if (offered && offered.until <= now + 20_000 && offered.until < due)',
  ),
  source(
    'a wake is the last one',
    'later deadlines are forgotten',
    'server/runtime/timers.ts',
    'case when c.next_due <= $1 then $1 + $3 else c.next_due end',
    'case when c.next_due <= $1 then $1 + $3 else null end',
  ),
  source(
    'a claim has no end',
    'a deadline is lost with the node that was about to tell it',
    'server/runtime/timers.ts',
    'case when c.next_due <= $1 then $1 + $3 else c.next_due end',
    'case when c.next_due <= $1 then null else c.next_due end',
  ),
  source(
    'deadlines that others have set are not looked for',
    'a deadline dies with the node that set it',
    'server/runtime/alarm.ts',
    'Math.min(earliest, next ?? Infinity, clock.now() + EVERY)',
    'earliest',
  ),
  source(
    'nodes go by their own clocks',
    'a node whose clock is set loses deadlines, or tells them early',
    'server/store/database-clock.ts',
    'shown = Math.max(shown, Math.floor(looked + ahead))\n      return shown',
    'return Date.now()',
  ),
  source(
    'a clock stands at the middle of what an answer allows',
    'a deadline comes early where the question waited and the answer did not',
    'server/store/database-clock.ts',
    '{ time, received }: Answer): number {\n  return time - received',
    '{ sent, time, received }: Answer): number {\n  return time - (sent + received) / 2',
  ),
  // Offers and agents
  source(
    'nobody is offered anything',
    'customers wait though people are free',
    'server/runtime/assigner.ts',
    'attempt < TRIES',
    'attempt < 0',
  ),
  source(
    'who goes offline keeps their customers',
    'customers are left with somebody who is gone',
    'server/runtime/presence.ts',
    "if ((await presenceNow()) !== 'offline') return",
    "if ((await presenceNow()) !== 'online') return",
  ),
  database(
    'who has gone meanwhile has accepted',
    'an accept that was on its way leaves its customer with somebody who is gone',
    'baton.commit_event',
    "v_presence = 'offline' and v_presence_at >= p_at",
    'false',
  ),
  source(
    'those behind one who cannot be served now are forgotten',
    'who joined later is served first',
    'server/runtime/round.ts',
    'const earlier = offers.filter((offer) => comesBefore(offer, last))',
    'const earlier = offers',
  ),
  source(
    'skills are not asked for',
    'customers come to people who cannot help them',
    'engine/routing/needs.ts',
    'skills: Object.entries(skills).filter(([skill, level]) => level > 0 && isAsked(skill)),',
    'skills: Object.entries(skills).filter(([skill, level]) => level > 99 && isAsked(skill)),',
  ),
  source(
    'priority is worth nothing',
    'who is in a hurry waits like everybody else',
    'engine/routing/order.ts',
    'return since - priority * ageing',
    'return since + 0 * priority * ageing',
  ),
  source(
    'who comes last is served first',
    'some wait for ever',
    COLUMNS,
    'turn: Math.round(turnOf(waiting)),',
    'turn: -Math.round(turnOf(waiting)),',
  ),
  source(
    'who is passed on joins anew',
    'a customer who was transferred, or lost their agent, waits behind those who came later',
    'engine/kinds/queue/place.ts',
    'return { ...waiting, node: moment.node,',
    'return { ...waiting, since: moment.world.now, node: moment.node,',
  ),
  // Business hours
  source(
    'hours are read in universal time',
    'customers are let in while nobody works, and turned away while somebody does',
    'engine/hours/calendar.ts',
    'zoneOf(schedule.timezone)',
    "zoneOf('UTC')",
  ),
  source(
    'doors close a minute late',
    'a customer waits for people who have just gone home',
    'engine/hours/arithmetic.ts',
    'start <= at && at < end)',
    'start <= at && at < end + 60_000)',
  ),
  // What is looked up in rows
  source(
    'who left the queue is still in it',
    'a customer who is served is offered to others',
    COLUMNS,
    'left: waiting === null && before !== null && waitingOf(before) !== null,',
    'left: false,',
  ),
  source(
    'offers are no deadlines',
    'an offer that nobody takes never ends',
    COLUMNS,
    'if (due === undefined || until === undefined) return due ?? until',
    'if (due === undefined || until === undefined || until < due) return due',
  ),
  source(
    'nobody holds what is held',
    'an agent’s customers are in nobody’s list, and take no room',
    COLUMNS,
    'agent: agentOf(after),',
    'agent: null,',
  ),
  source(
    'what is over is not closed',
    'conversations that ended are shown as open',
    COLUMNS,
    'closed_at: after.closed?.at ?? null,',
    'closed_at: null,',
  ),
  source(
    'an agent’s part never ends',
    'reports count customers who have gone as being served',
    COLUMNS,
    "steps.push({ did: 'finished', ...(wrapUp ? { wrapUntil: wrapUp.until } : {}) })",
    'void wrapUp',
  ),
  source(
    'effects of one conversation share a job',
    'of two effects one is never carried out',
    'server/runtime/outbox.ts',
    'key: effect.id }',
    'key: snapshot.conversation }',
  ),
  // Effects
  source(
    'a failed effect is forgotten',
    'a customer’s answer never reaches them',
    'server/runtime/outbox.ts',
    'if (job.attempts < maxAttempts) throw error',
    'if (job.attempts < maxAttempts) return',
  ),
  source(
    'one failure is enough',
    'a customer’s answer is given up though the receiver is there again in a moment',
    'server/runtime/outbox.ts',
    'if (job.attempts < maxAttempts) throw error',
    'if (job.attempts < 2) throw error',
  ),
  source(
    'nobody says why it was given up',
    'who finds a dead letter does not know what to mend',
    'server/runtime/outbox.ts',
    'attempts: Math.min(context.attempt, context.maxAttempts),\n        error,',
    'attempts: Math.min(context.attempt, context.maxAttempts),\n        error: error.slice(0, 0),',
  ),
  source(
    'messages have no jobs',
    'what is said on a channel that pushes is never sent',
    'server/runtime/outbox.ts',
    "if (needs === 'nothing') return []",
    "if (needs === 'nothing' || effect.type === 'message') return []",
  ),
  source(
    'a bot’s answer has no key',
    'a turn that is run twice is said twice',
    'server/effects/report.ts',
    'const options = { epoch: context.epoch, idempotencyKey: `bot.turn:${effect.id}:${context.epoch}:${part}` }',
    'const options = { epoch: context.epoch }',
  ),
  source(
    'a late answer counts elsewhere',
    'what one bot says late is taken for the answer of another',
    'server/runtime/decide.ts',
    'if (node !== undefined && node !== nodeOfState(snapshot.state)) throw goneOn()',
    '',
  ),
  // Feeds
  source(
    'feeds skip entries',
    'an agent does not see what the customer wrote',
    'server/runtime/feed.ts',
    'follower.cursor = entry.seq',
    'follower.cursor = entry.seq + 1',
  ),
  source(
    'feeds repeat entries',
    'a screen shows a message twice',
    'server/runtime/feed.ts',
    '.filter((entry) => entry.seq > after)',
    '',
  ),
  // The engine
  source(
    'owners change in the same epoch',
    'what was begun for one owner counts for the next',
    'engine/step/step.ts',
    'epoch: owner === from.owner ? from.epoch : from.epoch + 1,',
    'epoch: from.epoch,',
  ),
  source(
    'a bot may always speak',
    'a bot talks while a person does',
    'engine/step/gate.ts',
    "if (sender === 'bot' && snapshot.owner !== 'bot' && !expects.includes(event.type)) {",
    "if (sender === 'bot') return\n  if (sender === 'bot' && snapshot.owner !== 'bot') {",
  ),
  source(
    'any agent may speak',
    'two people talk to one customer',
    'engine/step/gate.ts',
    'if (event.by !== undefined && event.by !== agent?.id)',
    'if (event.by === undefined && event.by !== agent?.id)',
  ),
  // The function that writes
  database(
    'the version is not checked',
    'of two events at once one is written over',
    COMMIT,
    'where c.id = p_id and c.version = p_base',
    'where c.id = p_id',
  ),
  database(
    'the key is not asked for',
    'an event that is sent again fails instead of being answered',
    COMMIT,
    'if p_key is not null then\n    select k.body',
    'if false then\n    select k.body',
  ),
  database('jobs are not added', 'effects never happen', COMMIT, 'if p_jobs is not null then', 'if false then'),
  database(
    'room is not counted',
    'an agent holds more than their capacity',
    COMMIT,
    'if baton.load_of(p_person, p_id, p_now) + v_weight > v_capacity then',
    'if false then',
  ),
  database(
    'presence is not looked at',
    'somebody who has left is offered a customer',
    COMMIT,
    "p_does = 'offered' and v_presence <> 'online' or",
    'false or',
  ),
  database(
    'the log holds nothing',
    'what was said is lost',
    COMMIT,
    'values (p_id, p_seq, p_first_seq, p_version, p_at, p_token, p_entries)',
    "values (p_id, p_seq, p_first_seq, p_version, p_at, p_token, '[]')",
  ),
  database(
    'a closed conversation is woken',
    'what is over comes back to life',
    COMMIT,
    'when p_closed_at is not null then null',
    'when false then null',
  ),
  database(
    'an earlier deadline changes nothing',
    'a deadline is told when a later one is due',
    COMMIT,
    'when c.wake_at is null or p_next_due < c.wake_at then p_next_due',
    'when c.wake_at is null then p_next_due',
  ),
  database(
    'wrapping up takes no room',
    'an agent is offered the next customer while they still write about the last',
    'baton.load_of',
    'h.wrap_until > p_now',
    'h.wrap_until < p_now - 3600000',
  ),
  database(
    'who gives up waiting is still counted',
    'reports show customers who have gone',
    NOTE,
    "left_why = p_step->>'why', finished_at = p_at",
    "left_why = p_step->>'why'",
  ),
  database(
    'nobody knows who took it',
    'reports show nobody’s work',
    NOTE,
    "set agent = p_step->>'agent', accepted_at = p_at",
    'set accepted_at = p_at',
  ),
  database(
    'what is offered looks free',
    'a customer is offered to two people',
    COMMIT,
    'p_offered_to is not null, p_asked_at)',
    'false, p_asked_at)',
  ),
  database(
    'the queue keeps who has left it',
    'a customer who is served is counted as waiting',
    COMMIT,
    'delete from baton.queue where id = p_id;',
    'null;',
  ),
  database(
    'the epoch stays',
    'what was begun for one owner counts for the next',
    COMMIT,
    'version = p_version, seq = p_seq, epoch = p_epoch,',
    'version = p_version, seq = p_seq,',
  ),
  database(
    'the answer to a key is not kept',
    'an event that is sent again is taken twice',
    COMMIT,
    'insert into baton.keys (conversation, key, body, answer, at) values (p_id, p_key, p_body, p_answer, p_now);',
    'null;',
  ),
]
