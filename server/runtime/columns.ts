/**
 * What of a snapshot the queue, the desk and the timers ask for in SQL: the columns of the conversation's row. They are
 * computed from the snapshot and nothing else, so a row and its snapshot cannot disagree.
 */
import { lostOffer, nextDue, nodeOfState, waitingOf, type Facts, type Snapshot, type Waiting } from '#engine/index.ts'
import { turnOf } from '#engine/routing/index.ts'
import type { Columns, HandoffStep, PlaceInQueue } from '../store/commit.ts'
import { jsonText } from '../store/json-text.ts'
import { askingOf, keyOf } from './needs.ts'

export function columnsOf(before: Snapshot | null, after: Snapshot, now: number): Columns {
  const { context } = after.machine
  const waiting = waitingOf(after)
  const offered = waiting?.offered ?? null
  return {
    id: after.conversation,
    flow: after.flow.id,
    flow_version: after.flow.version,
    version: after.version,
    seq: after.seq,
    epoch: after.epoch,
    at: after.at,
    snapshot: jsonText(after),
    phase: after.phase,
    state: after.state,
    node: nodeOfState(after.state),
    owner: after.owner,
    channel: context.about.channel,
    language: context.about.language,
    customer:
      before !== null && before.machine.context.customer === context.customer ? null : jsonText(context.customer),
    customer_key: customerKey(context.customer),
    agent: agentOf(after),
    team: waiting?.team ?? null,
    priority: waiting?.priority ?? null,
    waiting_since: waiting?.since ?? null,
    place: waiting && placeOf(before, after, waiting, now),
    left: waiting === null && before !== null && waitingOf(before) !== null,
    offered_to: offered?.agent.id ?? null,
    offered_until: offered?.until ?? null,
    next_due: nextWake(after) ?? null,
    closed_at: after.closed?.at ?? null,
    close_reason: after.closed?.reason ?? null,
  }
}

function placeOf(before: Snapshot | null, after: Snapshot, waiting: Waiting, now: number): PlaceInQueue {
  return {
    teams: [...waiting.teams],
    turn: Math.round(turnOf(waiting)),
    needs: jsonText(askingOf(waiting)),
    needs_key: keyOf(waiting, after.machine.context.about.channel),
    asked_at: before !== null && (lostOffer(before, after) || lostAgent(before, after)) ? now : null,
  }
}

export function agentOf(snapshot: Snapshot): string | null {
  return snapshot.phase === 'agentActive' ? (snapshot.machine.context.agent?.id ?? null) : null
}

/** What the event left an agent to wrap up. The engine says it on leaving, and clears it when a person takes over. */
export function wrapUpOf(before: Snapshot | null, after: Snapshot): Snapshot['machine']['context']['wrapUp'] {
  const held = before && agentOf(before)
  return held !== null && held !== agentOf(after) ? after.machine.context.wrapUp : null
}

/** By what a customer is known again: the id that the caller gave, else the e-mail address. */
export function customerKey({ id, email }: Snapshot['machine']['context']['customer']): string | null {
  const key = [id, email].find((each) => typeof each === 'number' || (typeof each === 'string' && each !== ''))
  return key === undefined ? null : String(key).toLowerCase()
}

/** When something must next be told to the conversation: a deadline of its flow, or the end of an offer. */
export function nextWake(snapshot: Snapshot): number | undefined {
  if (snapshot.closed) return undefined
  const due = nextDue(snapshot.timers)
  const until = waitingOf(snapshot)?.offered?.until
  if (due === undefined || until === undefined) return due ?? until
  return Math.min(due, until)
}

/**
 * What the event did to the handoff's figures.
 * @param seen what its answer shows: the forecast, where the step itself did not ask for one
 * @param stretch what forecasts of a team are stretched by now
 */
export function handoffSteps(
  before: Snapshot | null,
  after: Snapshot,
  why: string,
  seen: Facts,
  stretch: (team: string) => number,
): readonly HandoffStep[] {
  const entered = (waiting: Waiting | null) => enteredStep(after, waiting, seen, stretch)
  const steps: HandoffStep[] = []
  const waited = before === null ? null : waitingOf(before)
  const waits = waitingOf(after)
  const held = before === null ? null : agentOf(before)
  const holds = agentOf(after)
  if (held !== null && held !== holds) {
    const wrapUp = wrapUpOf(before, after)
    steps.push({ did: 'finished', ...(wrapUp ? { wrapUntil: wrapUp.until } : {}) })
  }
  const moved = waited !== null && waits !== null && waited.team !== waits.team
  if (waited !== null && holds === null && (waits === null || moved)) steps.push({ did: 'left', why })
  if (waits !== null && (waited === null || moved)) steps.push(entered(waits))
  if (holds !== null && held !== holds) {
    if (waited === null) steps.push(entered(after.machine.context.waiting))
    steps.push({ did: 'accepted', agent: holds })
  }
  return steps
}

function enteredStep(
  after: Snapshot,
  waiting: Waiting | null,
  seen: Facts,
  stretch: (team: string) => number,
): HandoffStep {
  const { reason } = after.machine.context
  const team = waiting?.team ?? ''
  const told = seen.queues?.[team]
  return {
    did: 'entered',
    team,
    reason: reason?.sentence ?? '',
    signals: reason?.signals.map((each) => each.signal) ?? [],
    since: waiting?.since ?? after.at,
    needs: waiting === null ? null : jsonText(askingOf(waiting)),
    priority: waiting?.priority ?? 0,
    expected: waiting?.expected ?? told?.eta ?? null,
    within: waiting?.within ?? told?.within ?? null,
    stretch: stretch(team),
  }
}

/** Whoever held it and did not answer, or went offline, is asked again after a rest only. */
function lostAgent(before: Snapshot, after: Snapshot): boolean {
  const held = agentOf(before)
  return held !== null && waitingOf(after)?.skip.some((each) => each.agent === held) === true
}
