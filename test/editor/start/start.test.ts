import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bring } from '#editor/start/bring.ts'
import { freeFlowId } from '#editor/start/flow-id.ts'
import { freshFlow } from '#editor/start/fresh.ts'
import { isReady } from '#editor/start/ready.ts'
import { parseFlow } from '#engine/index.ts'

const flows = resolve(import.meta.dirname, '../../../flows')
const shipped = readdirSync(flows).flatMap((file) => /^(.+)\.flow\.json$/.exec(file)?.[1] ?? [])

describe('A start', () => {
  test('the flows that come with Baton, and no others, are shown as ready', () => {
    expect(shipped.filter((id) => !isReady(id))).toEqual([])
    expect(isReady('bank-copy')).toBe(false)
  })

  test.each([true, false])('a new flow can be saved as it is (taught: %s), and holds a start only', (taught) => {
    const flow = freshFlow('Orders', { taught })
    expect(parseFlow(flow).ok).toBe(true)
    expect(flow.nodes.map((node) => node.type)).toEqual(['start'])
    expect(flow.notes?.length ?? 0).toBe(taught ? 3 : 0)
  })

  test('law 1: whatever a flow is called, its id is one that the server admits, and not taken', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 120 }),
        fc.array(fc.constantFrom('flow', 'Flow-2', 'a', 'A-2')),
        (wish, taken) => {
          const id = freeFlowId(wish, new Set(taken))
          expect(id).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
          expect(taken.map((each) => each.toLowerCase())).not.toContain(id.toLowerCase())
        },
      ),
    )
  })

  test('an id is made of the name, without accents, and counted when it is taken', () => {
    expect(freeFlowId('Crédit & more!', new Set())).toBe('Credit-more')
    expect(freeFlowId('bank', new Set(['Bank', 'bank-2']))).toBe('bank-3')
  })
})

describe('What is brought in', () => {
  test.each(shipped)('%s comes in whole', (id) => {
    const source = readFileSync(join(flows, `${id}.flow.json`), 'utf8')
    const brought = bring(source)
    expect(brought.ok && brought.document.nodes.length).toBe(JSON.parse(source).nodes.length)
  })

  const workflow = {
    task_routing: {
      filters: [
        { filter_friendly_name: 'Night', expression: 'topic == "x"', targets: [{ queue: 'Night shift', timeout: 60 }] },
      ],
      default_filter: { queue: 'Night shift' },
    },
  }

  test('a TaskRouter workflow becomes a flow, with what must be set up for it', () => {
    const brought = bring(JSON.stringify(workflow))
    expect.assert(brought.ok)
    expect(parseFlow(brought.document).ok).toBe(true)
    expect(brought.document.nodes.map((node) => node.id)).toContain('Night')
    expect(brought.translated).toMatchObject({
      teams: [{ id: 'Night-shift', queue: 'Night shift' }],
      variables: [{ name: 'topic' }],
    })
    expect(brought.translated?.notes.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('waits in vain'),
    )
  })

  test('what of a TaskRouter workflow cannot be translated is named with its place in the workflow', () => {
    const brought = bring(
      JSON.stringify({
        task_routing: { ...workflow.task_routing, filters: [{ expression: 'x = 1', targets: [{ queue: 'Q' }] }] },
      }),
    )
    expect(brought).toMatchObject({ ok: false, faults: [{ pointer: '/task_routing/filters/0/expression' }] })
  })

  test('a flow brings nothing to set up', () => {
    const brought = bring(readFileSync(join(flows, `${shipped[0]}.flow.json`), 'utf8'))
    expect(brought).toMatchObject({ ok: true, translated: null })
  })

  test('every fault of a broken flow is named at once', () => {
    const brought = bring(
      JSON.stringify({
        baton: 1,
        id: 'no id',
        name: '',
        nodes: [
          { id: 'a', type: 'start', position: { x: 0, y: 0 }, data: {} },
          { id: 'b', type: 'magic', position: { x: 0, y: 0 }, data: {} },
        ],
        edges: [{ id: 'e', source: 'a', sourceHandle: 'next', target: 'gone' }],
      }),
    )
    expect(brought.ok ? [] : brought.faults.map((fault) => fault.pointer).toSorted()).toEqual([
      '/edges/0/target',
      '/id',
      '/name',
      '/nodes/1/type',
    ])
  })

  test.each([
    ['not JSON', '{ "baton": 1,', /not JSON/],
    ['too large', ' '.repeat(11_000_000), /larger than 10 MB/],
  ])('what is %s is refused with its cure', (_, source, cure) => {
    const brought = bring(source)
    expect(brought.ok ? '' : brought.faults[0]?.message).toMatch(cure)
  })

  test('a file that is nested without end, or poses as something else, is refused and changes nothing', () => {
    const deep = 50_000
    const hostile = [
      '['.repeat(deep) + ']'.repeat(deep),
      `{"baton":1,"id":"x","name":"x","nodes":[{"id":"start","type":"say","data":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}]}`,
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
      'null',
      '"flow"',
    ]
    for (const source of hostile) expect(bring(source).ok).toBe(false)
    expect('admin' in {}).toBe(false)
  })
})
