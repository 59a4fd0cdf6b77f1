/**
 * Whether a log and its stored snapshot say the same.
 * Law 1: every recorded history, and every scenario of the ready flows, is byte-equal.
 * Law 2: whatever byte of the stored snapshot is changed, it is found.
 * Law 3: whatever is changed in the log, it is found, and the event is named.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal, verify, type Flow, type LogEntry, type Snapshot } from '#engine/index.ts'
import { optionsOf, perform, simulate } from '#engine/simulate/index.ts'
import { hello, ready } from '#test/engine/flows/library.ts'
import {
  advanced,
  historiesIn,
  isTaken,
  readFlow,
  readHistory,
  versionsOf,
  type Versions,
} from '#test/histories/history.ts'

const scenarios = [...ready, hello].flatMap(({ id, flow, scenarios: all }) =>
  all.map((scenario) => ({ name: `${id}: ${scenario.name}`, flow, scenario })),
)

interface Kept {
  readonly name: string
  readonly versions: Versions
  readonly log: readonly LogEntry[]
  readonly stored: string
}

const read = new Map<string, Flow>()

function flowNamed(name: string): Flow {
  const known = read.get(name) ?? readFlow(name)
  read.set(name, known)
  return known
}

const histories: readonly Kept[] = historiesIn('.').map((name) => {
  const history = readHistory(name)
  const versions = versionsOf(history, flowNamed)
  const log: LogEntry[] = []
  let snapshot: Snapshot | undefined
  for (const { event, at } of history.steps.filter(isTaken)) {
    const stepped = advanced(versions, snapshot, event, at)
    log.push(...stepped.log)
    snapshot = stepped.snapshot
  }
  // As they come back from where they were stored.
  return { name, versions, log: copied(log), stored: JSON.stringify(snapshot) }
})

describe('law 1', () => {
  test.each(histories)('$name', ({ versions, log, stored }) => {
    const events = log.filter(({ kind }) => kind === 'event').length
    expect(verify(versions, log, stored)).toEqual({ verdict: 'equal', events })
  })

  test.each(scenarios)('$name', ({ flow, scenario }) => {
    let simulation = simulate(flow, optionsOf(scenario))
    for (const each of scenario.steps) {
      if ('expect' in each) continue
      try {
        simulation = perform(simulation, each)
      } catch (error) {
        // What is to be refused leaves no trace in a log.
        if (!(error instanceof Refusal)) throw error
      }
    }
    expect(verify(flow, copied(simulation.log), JSON.stringify(simulation.snapshot)).verdict).toBe('equal')
  })

  test('what came after the stored snapshot was read is left out', () => {
    for (const { versions, log, stored } of histories.slice(0, 5)) {
      const later: LogEntry = { seq: log.length + 1, at: Date.now(), kind: 'event', event: { type: 'customer.left' } }
      expect(verify(versions, [...log, later], stored).verdict).toBe('equal')
    }
  })
})

test('law 2: a flipped byte of the snapshot is found, wherever it is', () => {
  const chosen = fc.tuple(
    fc.constantFrom(...histories),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.integer({ min: 1, max: 127 }),
  )
  fc.assert(
    fc.property(chosen, ([{ versions, log, stored }, where, bit]) => {
      const at = Math.floor(where * stored.length)
      const flipped = `${stored.slice(0, at)}${String.fromCharCode(stored.charCodeAt(at) ^ bit)}${stored.slice(at + 1)}`
      expect(verify(versions, log, flipped).verdict).not.toBe('equal')
    }),
    { numRuns: 150 },
  )
})

test('law 3: a changed text, a lost entry and a changed event of the log are found, with the event they belong to', () => {
  for (const { versions, log, stored } of histories) {
    const message = log.find((entry) => entry.kind === 'message' && entry.from === 'bot')
    if (message?.kind === 'message') {
      const forged = log.map((entry) => (entry === message ? { ...message, text: `${message.text}!` } : entry))
      const found = verify(versions, forged, stored)
      expect(found).toMatchObject({ verdict: 'log differs', pointer: `/${message.seq}/text` })
      expect('event' in found && found.event.seq).toBeLessThan(message.seq)
    }
    const lost = log.findLastIndex(({ kind }) => kind !== 'event')
    expect(verify(versions, log.toSpliced(lost, 1), stored).verdict).toBe('log differs')
    const said = log.findIndex((entry) => entry.kind === 'event' && entry.event.type === 'customer.message')
    const changed = log.map((entry, index) =>
      index === said && entry.kind === 'event' && entry.event.type === 'customer.message'
        ? { ...entry, event: { ...entry.event, text: 'Something else' } }
        : entry,
    )
    if (said >= 0) expect(verify(versions, changed, stored).verdict).not.toBe('equal')
  }
})

describe('What cannot be checked, or is of another kind, is said', () => {
  const { versions, log, stored } = histories[0] ?? nothing()
  const snapshot: Snapshot = JSON.parse(stored) as Snapshot

  test('a log whose beginning is gone', () => {
    expect(verify(versions, log.slice(1), stored)).toEqual({ verdict: 'trimmed' })
    expect(verify(versions, [], stored)).toEqual({ verdict: 'trimmed' })
  })
  test('the first value of the snapshot that differs, by its place', () => {
    const other = {
      ...snapshot,
      machine: { ...snapshot.machine, context: { ...snapshot.machine.context, tries: 99 } },
      epoch: 77,
    }
    expect(verify(versions, log, JSON.stringify(other))).toMatchObject({
      verdict: 'snapshot differs',
      pointer: '/epoch',
    })
    expect(verify(versions, log, JSON.stringify({ ...other, epoch: snapshot.epoch }))).toMatchObject({
      pointer: '/machine/context/tries',
    })
  })
  test('the same values in another order are not byte-equal, though none of them differs', () => {
    const { engine, ...rest } = snapshot
    expect(verify(versions, log, JSON.stringify({ ...rest, engine }))).toMatchObject({
      verdict: 'snapshot differs',
      pointer: '',
    })
  })
  test('an event that is not taken any more', () => {
    const strange = log.map((entry) =>
      entry.kind === 'event' && entry.event.type === 'customer.message'
        ? { ...entry, event: { type: 'bot.intent', intent: 'never' } as const }
        : entry,
    )
    expect(['refused', 'log differs']).toContain(verify(versions, strange, stored).verdict)
  })
})

function copied<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}

function nothing(): never {
  throw new Error('There is no history.')
}
