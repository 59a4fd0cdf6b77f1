/**
 * Histories are recorded once and replayed for ever. A conversation may run for weeks: its snapshot was written by an
 * engine of the past, its flow is the version that it began with. What it would have done then, it does today.
 *
 * Law 1: the same inputs on the same flow give the same outputs and the same snapshots, byte by byte.
 * Law 2: a snapshot that was stored at any step, read back from its JSON, goes on as the history did.
 * Law 3: what a step hands out is what it kept: effects and messages stand in its log, timers in its snapshot.
 * Law 4: whatever a conversation may meet is in some history: kinds, signals, events, facts, effects, refusals.
 *
 * A history that does not replay says that conversations of users would go on differently. README.md says what then.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  kinds,
  outsideTypes,
  serverTypes,
  signalNames,
  type EffectOf,
  type EffectType,
  type Facts,
  type Flow,
  type RefusalCode,
  type Snapshot,
} from '#engine/index.ts'
import {
  advanced,
  again,
  historiesIn,
  historyText,
  isTaken,
  pathOf,
  readFlow,
  readHistory,
  versionsOf,
  type History,
  type Outcome,
  type Versions,
} from './history.ts'

const read = (name: string): Told => ({ name, history: readHistory(name) })
const histories = historiesIn('.').map(read)
const older = historiesIn('older').map(read)
const flows = new Map(
  [...histories, ...older].flatMap(({ history: { flow, later = [] } }) =>
    [flow, ...later].map((name) => [name, readFlow(name)] as const),
  ),
)

interface Told {
  readonly name: string
  readonly history: History
}

describe('Law 1: a conversation replays byte by byte', () => {
  test.each(histories)('$name', ({ history }) => {
    for (const [index, outcome] of goneOn(history, 0, undefined)) {
      expect(JSON.stringify(outcome), at(history, index)).toBe(JSON.stringify(kept(history, index)))
    }
  })
})

describe('Law 2: a stored snapshot goes on as its history did', () => {
  // As each brings the snapshot that was stored next, each goes on to the end.
  test.each(histories)('$name, read back before every step', ({ history }) => {
    for (const [next, stored] of storedIn(history)) {
      const input = history.steps[next]
      if (input === undefined) continue
      const outcome = again(versions(history), stored, input)
      expect(JSON.stringify(outcome), at(history, next)).toBe(JSON.stringify(kept(history, next)))
    }
  })

  // Their snapshots looked otherwise; what customers and agents see of them does not.
  test.each(older)('of an engine of the past: $name', ({ history }) => {
    for (const [from, stored] of storedIn(history)) {
      for (const [index, outcome] of goneOn(history, from, stored)) {
        expect(outwardly(outcome), at(history, index)).toBe(outwardly(kept(history, index)))
      }
    }
  })
})

describe('Law 3: what a step hands out is what it kept', () => {
  test.each(histories)('$name', ({ history }) => {
    let before: Snapshot | undefined
    for (const each of history.steps.filter(isTaken)) {
      const { log, effects, messages, timers, snapshot } = advanced(versions(history), before, each.event, each.at)
      const said = log
        .filter((entry) => entry.kind === 'message')
        .filter(({ from }) => from !== 'customer')
        .map(text)
      expect(messages.map(text)).toEqual(said)
      expect(effects.filter((effect) => effect.type === 'message').map(text)).toEqual(said)
      const asked = log.filter((entry) => entry.kind === 'effect').map(({ effect }) => effect)
      expect(effects.filter(({ type }) => type !== 'message')).toEqual(asked)
      expect(timers).toEqual(snapshot.timers)
      expect(log[0]).toMatchObject({ kind: 'event', event: each.event })
      before = snapshot
    }
  })
})

describe('Law 4: whatever a conversation may meet is in some history', () => {
  const steps = histories.flatMap(({ history }) => history.steps)
  const taken = steps.filter(isTaken)

  test('every kind', () => {
    const drawn: ReadonlySet<string> = new Set(
      [...flows.values()].flatMap(({ nodes }) => nodes.map(({ type }) => type)),
    )
    expect(kinds.map(({ name }) => name).filter((name) => !drawn.has(name))).toEqual([])
  })

  test('every kind at which a conversation can be met is met', () => {
    const passed: readonly string[] = ['start', 'say', 'branch', 'set', 'hours', 'trigger', 'handback']
    const met = new Set(
      histories.flatMap(({ history }) =>
        storedIn(history).map(([, snapshot]) => kindAt(versions(history)(snapshot.flow.version), snapshot)),
      ),
    )
    expect(kinds.map(({ name }) => name).filter((name) => !passed.includes(name) && !met.has(name))).toEqual([])
  })

  test('every signal speaks for an escalation', () => {
    const moves = taken.flatMap(({ log }) => log.filter((entry) => entry.kind === 'moved'))
    const spoke = new Set(moves.flatMap(({ reason }) => reason?.signals ?? []).map(({ signal }) => signal))
    expect(signalNames.filter((name) => !spoke.has(name))).toEqual([])
  })

  test('every event, taken', () => {
    const types = new Set(taken.map(({ event }) => event.type))
    expect([...outsideTypes, ...serverTypes].filter((type) => !types.has(type))).toEqual([])
  })

  test('every fact of a queue, brought', () => {
    const brought = new Set(taken.flatMap(({ event: { facts = {} } }) => Object.keys(facts)))
    expect(
      (['queues', 'agents', 'last', 'due'] satisfies (keyof Facts)[]).filter((fact) => !brought.has(fact)),
    ).toEqual([])
  })

  test('every hint that a queue gives to agents’ screens', () => {
    const hints = [
      'offered',
      'missed',
      'transferred',
      'returned',
      'slaWarning',
      'slaBreach',
    ] satisfies EffectOf<'notify'>['what'][]
    const given = new Set(
      taken.flatMap(({ log }) =>
        log.flatMap((entry) => (entry.kind === 'effect' && entry.effect.type === 'notify' ? [entry.effect.what] : [])),
      ),
    )
    expect(hints.filter((what) => !given.has(what))).toEqual([])
  })

  test('every effect, and both ends of those that are waited for', () => {
    const all = {
      message: 1,
      'bot.turn': 1,
      'queue.join': 1,
      'queue.leave': 1,
      http: 1,
      ticket: 1,
      callback: 1,
      notify: 1,
      handoff: 1,
    } satisfies Record<EffectType, 1>
    const asked = new Set(taken.flatMap(({ effects = [] }) => effects).map((effect) => effect.split(' ')[0]))
    expect(Object.keys(all).filter((type) => !asked.has(type))).toEqual([])
    const ends = new Set(taken.flatMap(({ event }) => (event.type === 'effect.done' ? [event.ok] : [])))
    expect(ends).toEqual(new Set([true, false]))
  })

  test('every refusal that an event can meet', () => {
    // The others are faults of a flow, of an opening, of a caller.
    const refusals: readonly RefusalCode[] = ['not-owner', 'not-expected', 'stale', 'closed']
    const met = new Set(steps.flatMap((each) => ('refused' in each ? [each.refused] : [])))
    expect(refusals.filter((code) => !met.has(code))).toEqual([])
  })
})

describe('The folder', () => {
  test.each([...histories, ...older])('holds $name as the recorder writes it', ({ name, history }) => {
    expect(readFileSync(pathOf(name), 'utf8')).toBe(historyText(history))
  })

  test('holds no copy of a flow that no history needs', () => {
    const copies = readdirSync(join(import.meta.dirname, 'flows')).map((file) => file.replace('.flow.json', ''))
    expect(copies.filter((copy) => !flows.has(copy))).toEqual([])
  })
})

/** What the engine makes of the steps from one on, from the snapshot before it. */
function* goneOn(history: History, from: number, before: Snapshot | undefined): Generator<readonly [number, Outcome]> {
  for (const [offset, input] of history.steps.slice(from).entries()) {
    const outcome = again(versions(history), before, input)
    if ('snapshot' in outcome) before = outcome.snapshot
    yield [from + offset, outcome]
  }
}

/** The snapshots as they were stored, each with the step that comes next. */
function storedIn({ steps }: History): readonly (readonly [next: number, Snapshot])[] {
  return steps.flatMap((each, index) => (isTaken(each) ? [[index + 1, each.snapshot] as const] : []))
}

/** What was recorded of a step. */
function kept({ steps }: History, index: number): Outcome {
  const { at: _, event: __, ...outcome } = steps[index] ?? missing(index)
  return outcome
}

/** All but the snapshot, which only the engine reads. */
function outwardly(outcome: Outcome): string {
  return JSON.stringify('snapshot' in outcome ? { ...outcome, snapshot: null } : outcome)
}

function text({ seq, text }: { readonly seq: number; readonly text: string }): readonly [number, string] {
  return [seq, text]
}

function at({ steps }: History, index: number): string {
  return `step ${index}, “${steps[index]?.event.type ?? ''}”`
}

function versions(history: History): Versions {
  return versionsOf(history, (name) => flows.get(name) ?? missing(name))
}

function kindAt(flow: Flow, { state }: Snapshot): string | undefined {
  return flow.nodes.find(({ id }) => id === state.split('.')[1])?.type
}

function missing(what: string | number): never {
  throw new Error(`There is no “${what}”.`)
}
