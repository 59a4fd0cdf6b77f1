import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledFlow } from '#engine/index.ts'
import type { Path } from '#engine/explore/path.ts'
import { reach } from '#engine/explore/reach.ts'
import { scenarioOfLog } from '#engine/simulate/index.ts'
import { readDocument, type FlowDocument } from '#editor/document/document.ts'
import { paintOfWait } from '#editor/problems/longest.ts'
import { paintOf, wayOf } from '#editor/problems/way.ts'
import { flowNamed } from '#test/driver/index.ts'

const shop = documentOf('ecommerce')

describe('The way to a problem', () => {
  test('is told step by step: who does what, after how long, in which world, and where it leads', () => {
    const way = wayOf(story(), shop)
    expect(way.map(({ text }) => text)).toEqual([
      'A customer comes, Mon 10:00:00',
      'The customer writes: “Where is it?” (confidence 0.2)',
      'The bot does not understand: “Sorry?”',
      'Time is up: people: longest wait',
    ])
    expect(way.map(({ after }) => after)).toEqual([null, null, 'after 5 s', 'after 10 min'])
    expect(way[1]?.given).toEqual(['nobody of team support is online', 'it is closed by “office”'])
    expect(way.map(({ to, node }) => [to !== null, node])).toEqual([
      [true, 'assistant'],
      [false, 'assistant'],
      [true, 'people'],
      [true, 'tooLong'],
    ])
  })

  test('is lit on the canvas, and a connection that several steps pass carries the number of each', () => {
    const paint = paintOf(story(), shop, 2)
    expect(paint.active).toBe('people')
    expect(paint.edgeSteps).toMatchObject({ 'start-next': '1', 'wantsPerson-fired': '3', 'people-empty': '2 · 4' })
    expect(paint.litEdges).toEqual(new Set(Object.keys(paint.edgeSteps ?? {})))
    expect(paint.litNodes).toContain('openNow')
  })

  test('law: every step of a path that the engine found is told and painted, whichever step it leads to', () => {
    const compiled = compiledFlow(flowNamed('ecommerce'))
    const nodes = shop.nodes.map(({ id }) => id)
    fc.assert(
      fc.property(fc.constantFrom(...nodes), (node) => {
        const path = reach(compiled, { node })
        if (path === undefined) throw new Error(`Every step of this flow can be come to, “${node}” too.`)
        expect(wayOf(path, shop)).toHaveLength(path.length)
        const { edgeSteps = {} } = paintOf(path, shop, 0)
        const drawn = new Map(shop.edges.map((edge) => [`${edge.source} ${edge.sourceHandle}`, edge.id]))
        for (const [index, { ways }] of path.entries()) {
          for (const way of ways) {
            const edge = drawn.get(`${way.node} ${way.outlet}`)
            if (edge !== undefined) expect(edgeSteps[edge]?.split(' · ')).toContain(String(index + 1))
          }
        }
      }),
      { numRuns: nodes.length },
    )
  })

  test('can be played: the run of each way that the engine found goes just as the way does', () => {
    const flow = flowNamed('ecommerce')
    const compiled = compiledFlow(flow)
    for (const { id } of shop.nodes) {
      const path = reach(compiled, { node: id }) ?? []
      expect(scenarioOfLog(compiled.flow, path, { name: id, version: 0, asItIs: true }).notes, id).toEqual([])
    }
  })

  test('of the longest wait has its steps lit in their order, and those numbered that follow one another', () => {
    const paint = paintOfWait(
      {
        from: 'people',
        wait: 60_000,
        end: 'promise',
        way: [
          { node: 'people', wait: 60_000 },
          { node: 'tooLong', wait: 0 },
        ],
      },
      shop,
      1,
    )
    expect(paint.active).toBe('tooLong')
    expect(Object.values(paint.edgeSteps ?? {})).toEqual(['1'])
  })
})

/** A path by hand, as a rule would carry it. */
function story(): Path {
  const at = Date.parse('2026-03-02T09:00:00Z')
  const facts = {
    queues: { support: { position: 1, eta: null, within: null, online: 0, waiting: 0 } },
    hours: { office: { open: false, opens: null, timezone: 'UTC' } },
  }
  return [
    {
      event: { type: 'conversation.started', opening: { id: 'c' } },
      at,
      state: 'bot.assistant',
      ways: [
        { node: 'start', outlet: 'next' },
        { node: 'welcome', outlet: 'next' },
      ],
    },
    {
      event: { type: 'customer.message', text: 'Where is it?', nlu: { confidence: 0.2 }, facts },
      at,
      state: 'bot.assistant',
      ways: [{ node: 'people', outlet: 'empty' }],
    },
    {
      event: { type: 'bot.message', text: 'Sorry?', fallback: true },
      at: at + 5_000,
      state: 'queued.people',
      ways: [
        { node: 'wantsPerson', outlet: 'fired' },
        { node: 'openNow', outlet: 'open' },
      ],
    },
    {
      event: { type: 'timer', id: 'people.maxWait', gen: 1 },
      at: at + 605_000,
      state: 'queued.tooLong',
      ways: [{ node: 'people', outlet: 'empty' }],
    },
  ]
}

function documentOf(flow: string): FlowDocument {
  const document = readDocument(JSON.parse(JSON.stringify(flowNamed(flow))))
  if (document === undefined) throw new Error(`“${flow}” is a document.`)
  return document
}
