import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  Refusal,
  replay,
  start,
  step,
  view,
  type ConversationEvent,
  type Flow,
  type OutsideType,
  type Snapshot,
} from '#engine/index.ts'
import { migrationOf } from '#engine/migration/index.ts'
import { anyEdit, edited, labelEdit, layoutEdit, moment, runs, textEdit } from './corpus.ts'

const HOUR = 3_600_000

/** One event of each type, as somebody might send it. */
const said: Readonly<Record<OutsideType, ConversationEvent>> = {
  'customer.message': { type: 'customer.message', text: 'where is it' },
  'customer.left': { type: 'customer.left' },
  'customer.returned': { type: 'customer.returned' },
  'bot.message': { type: 'bot.message', text: 'Here.' },
  'bot.intent': { type: 'bot.intent', intent: '' },
  'bot.done': { type: 'bot.done' },
  'bot.failed': { type: 'bot.failed' },
  'bot.escalate': { type: 'bot.escalate', reason: 'too hard' },
  'agent.accept': { type: 'agent.accept', agent: 'sarah' },
  'agent.decline': { type: 'agent.decline' },
  'agent.message': { type: 'agent.message', text: 'Hi.' },
  'agent.note': { type: 'agent.note', text: 'careful' },
  'agent.transfer': { type: 'agent.transfer', team: 'vip' },
  'agent.handback': { type: 'agent.handback' },
  'agent.resolve': { type: 'agent.resolve', resolution: 'done' },
  'survey.answer': { type: 'survey.answer', score: 5 },
}

/** Everything that might come to a conversation next: what people say, answers with every choice, and the deadlines that run. */
function mayCome(
  flow: Flow,
  snapshot: Snapshot,
): readonly { readonly event: ConversationEvent; readonly at: number }[] {
  const { expects, input } = view(flow, snapshot)
  const node = flow.nodes.find((each) => snapshot.state.endsWith(`.${each.id}`))
  const intents =
    node?.type === 'listen'
      ? (node.data.intents ?? []).map((each): ConversationEvent => ({ type: 'bot.intent', intent: each.id }))
      : []
  const answers = (input?.choices ?? []).map((each): ConversationEvent => ({
    type: 'customer.message',
    text: each.label,
    choice: each.id,
  }))
  const spoken = [...expects.filter((type) => type !== 'bot.intent').map((type) => said[type]), ...intents, ...answers]
  const offer: ConversationEvent = { type: 'offer.made', agent: { id: 'tom', name: 'Tom' }, until: snapshot.at + HOUR }
  const effect: readonly ConversationEvent[] =
    snapshot.awaiting === null
      ? []
      : [true, false].map((ok) => ({ type: 'effect.done', effect: snapshot.awaiting ?? '', ok }))
  const promise: ConversationEvent = { type: 'promise.due', promise: 'ticket', id: 't', since: 0, priority: 0 }
  return [
    ...[...spoken, offer, promise, ...effect].map((event) => ({ event, at: snapshot.at })),
    ...snapshot.timers.map(({ id, gen, due }) => ({
      event: { type: 'timer', id, gen } as const,
      at: Math.max(due, snapshot.at),
    })),
  ]
}

function refusal(
  flow: Flow,
  snapshot: Snapshot,
  { event, at }: { readonly event: ConversationEvent; readonly at: number },
): string | undefined {
  try {
    step(flow, snapshot, event, at)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

describe('The laws of a move to another version', () => {
  test('1: to the same flow every running conversation moves, and nothing of it changes but the version', () => {
    for (const { flow, snapshots } of runs) {
      const migration = migrationOf(flow, flow)
      for (const before of snapshots) {
        const moved = migration.migrate(before, 2, before.at)
        if (before.closed) expect(moved).toEqual({ moves: false, why: 'it has ended' })
        else if ('moves' in moved) expect.fail(`${before.state}: ${moved.why}`)
        else {
          const { flow: id, version, seq, ...rest } = moved.snapshot
          expect({ id, version, seq }).toEqual({
            id: { id: flow.id, version: 2 },
            version: before.version + 1,
            seq: before.seq + 1,
          })
          expect(rest).toEqual(without(before))
          expect([moved.messages, moved.effects, moved.log.length]).toEqual([[], [], 1])
        }
      }
    }
  })

  test('2: other words and another layout let every running conversation move, without a note', () => {
    const edits = fc.array(fc.oneof(textEdit, labelEdit, layoutEdit), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(moment, edits, ({ flow, snapshot }, changes) => {
        fc.pre(snapshot.closed === null)
        const to = edited(flow, changes, snapshot)
        if (to === undefined) throw new Error('Words and layout cannot break a document.')
        const migration = migrationOf(flow, to)
        expect(migration.of(snapshot.state)).toEqual({ moves: true, notes: [] })
        expect(migration.judge(snapshot)).toEqual({ moves: true, notes: [] })
      }),
      { numRuns: 30 },
    )
  })

  test('3: whatever moves takes every event that it took before, and every deadline that runs', () => {
    const figures = { moved: 0, stayed: 0, tried: 0 }
    fc.assert(
      fc.property(moment, fc.array(anyEdit, { minLength: 1, maxLength: 4 }), ({ flow, snapshot }, changes) => {
        const to = edited(flow, changes, snapshot)
        fc.pre(to !== undefined && snapshot.closed === null)
        const migration = migrationOf(flow, to)
        const moved = migration.migrate(snapshot, 2, snapshot.at)
        if ('moves' in moved) return void figures.stayed++
        const verdict = migration.judge(snapshot)
        const ended = verdict.moves ? verdict.notes.flatMap((note) => (note.what === 'ended' ? [note.timer] : [])) : []
        figures.moved++
        const after = moved.snapshot
        expect(view(to, after)).toMatchObject({ phase: snapshot.phase, state: snapshot.state, owner: snapshot.owner })
        expect(after.epoch).toBe(snapshot.epoch)
        expect(after.timers).toEqual(snapshot.timers.filter((timer) => !ended.includes(timer.id)))
        for (const next of mayCome(flow, snapshot)) {
          if (next.event.type === 'timer' && ended.includes(next.event.id)) continue
          if (refusal(flow, snapshot, next) !== undefined) continue
          figures.tried++
          expect(refusal(to, after, next), `${snapshot.state} ${JSON.stringify(next.event)}`).toBeUndefined()
        }
      }),
      { numRuns: 150 },
    )
    expect(figures.moved).toBeGreaterThan(60)
    expect(figures.stayed).toBeGreaterThan(5)
    expect(figures.tried).toBeGreaterThan(400)
  })

  test('4: a log with a move in it replays to the same snapshot, byte by byte, on the versions that it names', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(anyEdit, { minLength: 1, maxLength: 2 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        ({ flow, of, at, snapshot: now }, changes, picks) => {
          const to = edited(flow, changes, now)
          const begun = of.happened[0]
          fc.pre(to !== undefined && begun?.event.type === 'conversation.started')
          const versions = (version: number): Flow => (version === 1 ? flow : to)
          const before = replay(versions, 1, of.happened.slice(0, at + 1)).snapshot
          const moved = migrationOf(flow, to).migrate(before, 2, before.at)
          fc.pre(!('moves' in moved))
          const [first] = moved.log
          if (first?.kind !== 'event') throw new Error('A move is an event of the log.')
          const happened = [...of.happened.slice(0, at + 1), { event: first.event, at: first.at }]
          let { snapshot } = moved
          for (const pick of picks) {
            const next = mayCome(to, snapshot)
            const chosen = next[pick % Math.max(1, next.length)]
            if (chosen === undefined || refusal(to, snapshot, chosen) !== undefined) continue
            snapshot = step(to, snapshot, chosen.event, chosen.at).snapshot
            happened.push(chosen)
          }
          expect(JSON.stringify(replay(versions, 1, happened).snapshot)).toBe(JSON.stringify(snapshot))
          expect(() => replay(flow, 1, happened)).toThrow(Refusal)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('5: what is said of a state is true of every conversation in it', () => {
    const certain = { moves: 0, stays: 0 }
    fc.assert(
      fc.property(moment, fc.array(anyEdit, { maxLength: 2 }), ({ flow, snapshot }, changes) => {
        const to = edited(flow, changes, snapshot)
        fc.pre(to !== undefined && snapshot.closed === null)
        const migration = migrationOf(flow, to)
        const all = migration.of(snapshot.state)
        if (all === undefined) return
        certain[all.moves ? 'moves' : 'stays']++
        expect(migration.judge(snapshot)).toEqual(all)
      }),
      { numRuns: 100 },
    )
    expect(certain.moves).toBeGreaterThan(10)
    expect(certain.stays).toBeGreaterThan(0)
  })
})

test('a step does not move a conversation: only who has both versions can', () => {
  const [{ flow } = { flow: undefined }] = runs
  if (flow === undefined) throw new Error('There are no ready flows.')
  const { snapshot } = start(flow, { id: 'c' }, 0)
  expect(() => step(flow, snapshot, { type: 'conversation.migrated', from: 0, version: 1 }, 0)).toThrow(/needs both/)
})

function without({ flow: _, version: __, seq: ___, ...rest }: Snapshot): object {
  return rest
}
