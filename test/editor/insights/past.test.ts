/**
 * A conversation's past in the editor.
 * Law 1: at every event it stands as it stood, byte by byte, in every scenario of the ready flows.
 * Law 2: a log that grows gives the same past as one that is read at once.
 */
import { describe, expect, test } from 'vitest'
import { kindOf, type Flow } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'
import { readDocument, type FlowDocument } from '#editor/document/document.ts'
import { litUpTo, momentAt, pastOf, simulationAt, versionsOf, type Past } from '#editor/insights/past.ts'
import { whyOf } from '#editor/simulate/inside/explaining.ts'
import { rowsOf } from '#editor/simulate/run/rows.ts'
import { hello, ready } from '#test/engine/flows/library.ts'
import { optionsOf, perform, simulate } from '#engine/simulate/index.ts'
import type { ShownEntry } from '#ui/answers.ts'

const scenarios = [...ready, hello].flatMap(({ id, flow, scenarios: all }) =>
  all.map((scenario) => ({ name: `${id}: ${scenario.name}`, flow, scenario })),
)

test.each(scenarios)('1 and 2. $name', ({ flow, scenario }) => {
  let was = simulate(flow, optionsOf(scenario))
  for (const step of scenario.steps) {
    if ('expect' in step) continue
    try {
      was = perform(was, step)
    } catch {
      // What is to be refused leaves no trace in a log.
    }
  }
  const log = logOf(was)
  const versions = new Map([[1, documentOf(flow)]])
  const past = pastOf(log, versions, 1)
  expect(past.trouble).toBeNull()
  const events = was.steps.filter(({ doing }) => doing.type === 'event')
  expect(past.moments.map(({ step }) => snapshotText(step.snapshot))).toEqual(
    events.map(({ snapshot }) => snapshotText(snapshot)),
  )

  let grown: Past | undefined
  for (let end = 0; end <= log.length; end += 7) grown = pastOf(log.slice(0, Math.max(end, 1)), versions, 1, grown)
  grown = pastOf(log, versions, 1, grown)
  expect(grown.moments.map(({ seq }) => seq)).toEqual(past.moments.map(({ seq }) => seq))
  expect(snapshotText(grown.moments.at(-1)?.step.snapshot)).toBe(snapshotText(past.moments.at(-1)?.step.snapshot))

  // The way is lit in one piece: whatever is reached was come to by a drawn way, or by a kind's default.
  const lit = litUpTo(documentOf(flow), past, past.moments.length - 1)
  expect(lit.nodes.has(lit.active.split('.')[0] ?? '')).toBe(true)
  const drawn = new Set(flow.edges.map(({ id }) => id))
  for (const edge of lit.edges) expect(drawn.has(edge)).toBe(true)
})

describe('Any moment of a conversation', () => {
  const flow = hello.flow
  const past = pastOf(
    logOf(
      simulate(flow, { agents: [{ id: 'sarah', name: 'Sarah', teams: ['support'] }] }).send({
        type: 'customer.message',
        text: 'I want to talk to a person',
      }),
    ),
    new Map([[1, documentOf(flow)]]),
    1,
  )

  test('shows what was said until then, and who was asked by name', () => {
    const last = simulationAt(past, past.moments.length - 1)
    const rows = rowsOf(last ?? nothing(), past.moments.length - 1)
    expect(
      rows.filter((row) => row.kind === 'message').map((row) => row.kind === 'message' && row.message.from),
    ).toContain('customer')
    expect(last?.setting.agents).toEqual([{ id: 'sarah', name: 'Sarah', teams: [] }])
    const first = simulationAt(past, 0)
    expect(first?.transcript.every(({ from }) => from === 'bot')).toBe(true)
  })

  test('says why it went as it did', () => {
    const index = past.moments.findIndex(({ event }) => event.type === 'customer.message')
    expect(whyOf(simulationAt(past, index) ?? nothing())?.fired).not.toBeNull()
  })

  test('is found by any entry of the log, and the last one without any', () => {
    const [, second] = past.moments
    expect(momentAt(past, second?.seq ?? 0)).toBe(1)
    expect(momentAt(past, (second?.seq ?? 0) + 1)).toBe(1)
    expect(momentAt(past, null)).toBe(past.moments.length - 1)
  })

  test('lights only ways that were taken', () => {
    const lit = litUpTo(documentOf(flow), past, past.moments.length - 1)
    const queues = flow.nodes.filter((node) => kindOf(node).phase === 'queued').map(({ id }) => id)
    expect(queues.filter((id) => lit.nodes.has(id))).toEqual([lit.active])
    expect(lit.edges.size).toBeGreaterThan(1)
    expect(litUpTo(documentOf(flow), past, 0).edges.size).toBeLessThan(lit.edges.size)
  })
})

describe('What cannot be shown is said', () => {
  const flow = hello.flow
  const log = logOf(simulate(flow).send({ type: 'customer.message', text: 'Where is my parcel?' }))

  test('a log whose beginning is gone', () => {
    expect(pastOf(log.slice(1), new Map([[1, documentOf(flow)]]), 1)).toMatchObject({
      moments: [],
      trouble: { kind: 'trimmed' },
    })
  })
  test('a version that cannot be read', () => {
    expect(pastOf(log, new Map(), 1).trouble).toEqual({ kind: 'version', version: 1 })
    expect(versionsOf(log, 1)).toEqual([1])
  })
  test('a log that says otherwise than the engine does, from that event on', () => {
    const message = log.findLastIndex((entry) => entry.kind === 'message' && entry.from === 'customer')
    const forged = log.map((entry, index) =>
      index === message && entry.kind === 'message' ? { ...entry, text: 'Something else' } : entry,
    )
    const past = pastOf(forged, new Map([[1, documentOf(flow)]]), 1)
    expect(past.trouble).toEqual({ kind: 'differs', seq: log[message - 1]?.seq })
    expect(past.moments).toHaveLength(1)
  })
})

function logOf(simulation: Simulation): readonly ShownEntry[] {
  return simulation.log.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }))
}

/** A simulation runs on version 0; here the same flow is version 1. */
function snapshotText(snapshot: { readonly flow: { readonly id: string } } | undefined): string {
  return JSON.stringify({ ...snapshot, flow: snapshot?.flow.id })
}

const documents = new WeakMap<Flow, FlowDocument>()

function documentOf(flow: Flow): FlowDocument {
  const known = documents.get(flow)
  if (known) return known
  const document = readDocument(JSON.parse(JSON.stringify(flow)))
  if (document === undefined) throw new Error('It is not a flow.')
  documents.set(flow, document)
  return document
}

function nothing(): never {
  throw new Error('There is no such moment.')
}
