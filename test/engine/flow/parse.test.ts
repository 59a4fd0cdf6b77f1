import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parseFlow } from '#engine/index.ts'
import { document, supportEdges, supportNodes } from '../draw.ts'

function support() {
  return document(supportNodes, supportEdges, { orderNumber: { type: 'text' } })
}

function faultsOf(input: unknown): readonly string[] {
  const parsed = parseFlow(input)
  return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.pointer} ${fault.message}`)
}

describe('A flow document', () => {
  test('is read as it was written, with defaults filled in', () => {
    const parsed = parseFlow(support())
    expect(parsed.ok && parsed.flow.nodes.find((node) => node.id === 'billing')).toMatchObject({
      type: 'queue',
      data: { team: 'billing', updateEvery: '1m', botHelps: false },
    })
  })

  test('read, written and read again is the same', () => {
    const once = parseFlow(support())
    const twice = parseFlow(JSON.parse(JSON.stringify(once.ok ? once.flow : {})))
    expect(twice).toEqual(once)
  })

  test('with several faults names them all at once, each with pointer, node and cure', () => {
    const flow = support()
    const broken = {
      ...flow,
      surprise: true,
      nodes: [
        ...flow.nodes.map((node) =>
          Object(node).id === 'billing'
            ? { ...node, data: { ...Object(node).data, maxWait: '5 minutes', colour: 'red' } }
            : node,
        ),
        { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
        { id: 'odd', type: 'qeue', position: { x: 0, y: 0 }, data: {} },
      ],
    }
    const faults = faultsOf(broken)
    expect(faults.join('\n')).toMatch(/surprise/)
    expect(faults.join('\n')).toMatch(/\/nodes\/8\/data\/maxWait .*"90s"/)
    expect(faults.join('\n')).toMatch(/colour/)
    expect(faults.join('\n')).toMatch(/did you mean “queue”/)
  })

  test.each([
    [
      'a dangling edge',
      { id: 'x', source: 'hello', sourceHandle: 'nowhere', target: 'chat' },
      /no outlet “nowhere”; its outlets are next/,
    ],
    ['an edge to nothing', { id: 'x', source: 'back', sourceHandle: 'next', target: 'ghost' }, /no node “ghost”/],
    [
      'two edges on one outlet',
      { id: 'x', source: 'hello', sourceHandle: 'next', target: 'bye' },
      /an outlet leads to one node/,
    ],
    ['an id used twice', { id: 'e0', source: 'back', sourceHandle: 'next', target: 'chat' }, /Two edges have the id/],
    [
      'an edge into the start',
      { id: 'x', source: 'back', sourceHandle: 'next', target: 'start' },
      /Nothing leads to the start/,
    ],
    ['an edge into a trigger', { id: 'x', source: 'back', sourceHandle: 'next', target: 'wants' }, /fires by itself/],
    ['an edge that names no outlet', { id: 'x', source: 'back', target: 'chat' }, /must name the outlet/],
  ])('with %s is refused', (_, edge, message) => {
    const flow = support()
    expect(faultsOf({ ...flow, edges: [...flow.edges, edge] }).join('\n')).toMatch(message)
  })

  test('without a start, or with two, is refused', () => {
    const flow = support()
    expect(faultsOf({ ...flow, nodes: flow.nodes.slice(1), edges: [] }).join()).toMatch(/needs a start/)
    expect(
      faultsOf({
        ...flow,
        nodes: [...flow.nodes, { id: 'again', type: 'start', position: { x: 0, y: 0 }, data: {} }],
      }).join(),
    ).toMatch(/exactly one start/)
  })

  test('type-checks its conditions and names its texts’ unknown variables', () => {
    const faults = faultsOf(
      document(
        {
          ...supportNodes,
          size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when: 'vars.orderNumbr > 3' }] }],
          hello: ['say', { text: 'Order {{ vars.orderNumbr }}' }],
        },
        supportEdges,
        { orderNumber: { type: 'text' } },
      ),
    ).join('\n')
    expect(faults).toMatch(/\/nodes\/4\/data\/cases\/0\/when .*orderNumber/)
    expect(faults).toMatch(/\/nodes\/1\/data\/text .*orderNumber/)
  })

  test('asks that set a variable be declared, except by a question, which declares it', () => {
    expect(
      faultsOf(
        document({ start: ['start'], ask: ['ask', { text: '?', variable: 'city', as: 'text' }], bye: ['close'] }, [
          'start.next > ask',
          'ask.answered > bye',
        ]),
      ),
    ).toEqual([])
    expect(
      faultsOf(
        document(
          { start: ['start'], set: ['set', { assign: [{ variable: 'city', value: '"Ulm"' }] }], bye: ['close'] },
          ['start.next > set', 'set.next > bye'],
        ),
      ).join(),
    ).toMatch(/not declared/)
  })

  test.each(['__proto__', 'a.b', '#x', '1st', 'with space', ''])('refuses the node id %j', (id) => {
    const flow = support()
    expect(
      faultsOf({ ...flow, nodes: [...flow.nodes, { id, type: 'say', position: { x: 0, y: 0 }, data: { text: 'x' } }] })
        .length,
    ).toBeGreaterThan(0)
  })

  test('leaves out what React Flow keeps only while someone edits', () => {
    const flow = support()
    const parsed = parseFlow({
      ...flow,
      nodes: flow.nodes.map((node) => ({ ...node, selected: true, measured: { width: 1, height: 1 } })),
    })
    expect(parsed.ok && Object.keys(parsed.flow.nodes[0] ?? {})).not.toContain('selected')
  })

  test('Law 1: reading never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(parseFlow(input).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('Law 2: one value changed anywhere is read or refused, never thrown', () => {
    const flow = support()
    const paths = pathsOf(flow)
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
        expect(typeof parseFlow(replaced(flow, path, value)).ok).toBe('boolean')
      }),
      { numRuns: 1_000 },
    )
  })
})

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inside]) => pathsOf(inside, [...path, key]))]
}

function replaced(value: unknown, [head, ...rest]: readonly string[], by: unknown): unknown {
  if (head === undefined) return by
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (String(index) === head ? replaced(each, rest, by) : each))
  return { ...Object(value), [head]: replaced(Object(value)[head], rest, by) }
}
