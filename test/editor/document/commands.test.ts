import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFlow } from '#engine/index.ts'
import * as commands from '#editor/document/commands/index.ts'
import { emptyDocument, readDocument, type FlowDocument } from '#editor/document/document.ts'
import { createEditor } from '#editor/document/editor.ts'
import { broken, deed, drawing } from './drawing.ts'

const drawn = drawing.chain((document) => fc.tuple(fc.constant(document), deed(document)))
const session = drawing.chain((document) =>
  fc.tuple(fc.constant(document), fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 })),
)

describe('The laws of commands', () => {
  test('1. Nothing a person does leaves an edge that leads nowhere, an id used twice, or an outlet with two edges', () => {
    fc.assert(
      fc.property(drawn, ([document, command]) => {
        expect(broken(document)).toEqual([])
        expect(broken(command.apply(document))).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  test('2. Whatever was done, undoing it gives the very same document, and redoing it the very same result', () => {
    fc.assert(
      fc.property(session, ([document, seeds]) => {
        const editor = createEditor()
        editor.load({ flowId: 'drawn', document, published: null })
        const seen = [document]
        for (const [index, seed] of seeds.entries()) {
          const [command] = fc.sample(deed(editor.state().document), { numRuns: 1, seed })
          if (command && editor.run({ ...command, burst: `${index}` })) seen.push(editor.state().document)
        }
        for (const before of seen.slice(0, -1).toReversed()) {
          editor.undo()
          expect(editor.state().document).toBe(before)
        }
        expect(editor.state().canUndo).toBe(false)
        for (const after of seen.slice(1)) {
          editor.redo()
          expect(editor.state().document).toBe(after)
        }
        expect(editor.state().canRedo).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  test('3. A command changes nothing that it is given, and gives back the very same document when there is nothing to do', () => {
    fc.assert(
      fc.property(drawn, ([document, command]) => {
        const before = structuredClone(document)
        const after = command.apply(document)
        expect(document).toEqual(before)
        if (after !== document) expect(after).not.toEqual(document)
      }),
      { numRuns: 300 },
    )
  })

  test('4. The same command on the same document gives the same document', () => {
    fc.assert(
      fc.property(drawn, ([document, command]) => {
        expect(command.apply(document)).toEqual(command.apply(document))
      }),
      { numRuns: 200 },
    )
  })

  test('5. What a document says survives the way through JSON', () => {
    fc.assert(
      fc.property(drawn, ([document, command]) => {
        const after = command.apply(document)
        expect(readDocument(JSON.parse(JSON.stringify(after)))).toEqual(after)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Drawing', () => {
  const chain = build(['say', 'ask', 'close'])

  test('a step taken out of a chain joins its neighbours', () => {
    const after = commands.removeNodes(['ask']).apply(chain)
    expect(after.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(['start>say', 'say>close'])
  })

  test('two neighbours taken out together join what remains', () => {
    const after = commands.removeNodes(['say', 'ask']).apply(chain)
    expect(after.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(['start>close'])
  })

  test('steps in a circle that are taken out together leave no edge behind', () => {
    const circle = commands.connect('ask', 'answered', 'say').apply(chain)
    expect(commands.removeNodes(['say', 'ask']).apply(circle).edges).toEqual([])
  })

  test('the start cannot be taken out, and a second one cannot be put in', () => {
    expect(commands.removeNodes(['start']).apply(chain)).toBe(chain)
    expect(commands.addNode(commands.freshNode(chain, 'start', { x: 0, y: 0 })).apply(chain)).toBe(chain)
  })

  test('notes are taken out together with steps, and leave the steps that bear their names', () => {
    const at = { x: 0, y: 0 }
    const notes = [
      { id: 'ask', text: 'Why ask?', position: at },
      { id: 'why', text: '', position: at },
    ]
    const document = { ...chain, notes }
    const left = commands.removeItems(new Set(['say']), new Set(), new Set(['ask', 'why'])).apply(document)
    expect(left.notes).toBeUndefined()
    expect(left.nodes.map(({ id }) => id)).toContain('ask')
    expect(commands.removeItems(new Set(['ask']), new Set()).apply(document).notes).toBe(notes)
  })

  test('a step put on a connection is led to, and leads on', () => {
    const after = commands.insertOnEdge('start.next', commands.freshNode(chain, 'wait', { x: 0, y: 0 })).apply(chain)
    expect(after.edges.map(({ source, target }) => `${source}>${target}`)).toEqual([
      'start>wait',
      'say>ask',
      'ask>close',
      'wait>say',
    ])
  })

  test('what nothing may lead to, or what leads nowhere, does not fit on a connection', () => {
    for (const kind of ['trigger', 'close'])
      expect(commands.insertOnEdge('start.next', commands.freshNode(chain, kind, { x: 0, y: 0 })).apply(chain)).toBe(
        chain,
      )
  })

  test('a step that sets a variable brings the variable along', () => {
    const set = commands.freshNode(chain, 'set', { x: 0, y: 0 })
    expect(Object.keys(commands.addNode(set).apply(chain).variables)).toEqual(['topic'])
    expect(Object.keys(commands.insertOnEdge('start.next', set).apply(chain).variables)).toEqual(['topic'])
    const declared = commands.setVariable('topic', { type: 'choice' }).apply(chain)
    expect(commands.addNode(set).apply(declared).variables).toEqual({ topic: { type: 'choice' } })
  })

  test('an outlet that is led elsewhere no longer leads where it did', () => {
    const after = commands.connect('start', 'next', 'close').apply(chain)
    expect(after.edges.filter((edge) => edge.source === 'start').map((edge) => edge.target)).toEqual(['close'])
  })

  test('nothing can be led to the start or to a trigger', () => {
    const watched = commands.addNode(commands.freshNode(chain, 'trigger', { x: 0, y: 0 })).apply(chain)
    expect(commands.canConnect(watched, 'say', 'next', 'trigger')).toBe(false)
    expect(commands.canConnect(watched, 'say', 'next', 'start')).toBe(false)
    expect(commands.canConnect(watched, 'say', 'next', 'say')).toBe(true)
  })

  test('a step of every kind, as it is first put down, is one the engine reads', () => {
    for (const kind of [
      'say',
      'ask',
      'listen',
      'branch',
      'set',
      'call',
      'wait',
      'hours',
      'trigger',
      'ladder',
      'queue',
      'ticket',
      'callback',
      'agent',
      'handback',
      'survey',
      'close',
    ]) {
      const read = parseFlow(
        commands.addNode(commands.freshNode(chain, kind, { x: 0, y: 0 })).apply(emptyDocument('one', 'One')),
      )
      expect(read.ok ? [] : read.faults, kind).toEqual([])
    }
  })
})

describe('Copying', () => {
  test('what is copied comes along in another flow: the steps, the edges among them, and the variables they name', () => {
    const chain = {
      ...build(['say', 'ask', 'close']),
      variables: { orderNumber: { type: 'text' }, unused: { type: 'number' } },
    } as const satisfies FlowDocument
    const text = JSON.stringify(commands.fragmentOf(chain, new Set(['ask', 'close'])))
    const read = commands.readFragment(text)
    const other = build(['ask'])
    const after = read ? commands.paste(other, read, { x: 100, y: 50 }).apply(other) : other
    expect(after.nodes.map((node) => node.id)).toEqual(['start', 'ask', 'ask2', 'close'])
    expect(after.edges.at(-1)).toMatchObject({ source: 'ask2', target: 'close' })
    expect(after.variables).toEqual({ orderNumber: { type: 'text' } })
    expect(after.nodes[2]?.position).toEqual({ x: 100, y: 50 })
  })

  test('what is no part of a flow is not pasted', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '[]',
      'null',
      '{"batonFragment":1}',
      '{"batonFragment":1,"nodes":[{"id":1}],"edges":[]}',
      '{"nodes":"x"}',
    ]) {
      expect(commands.readFragment(text), text).toBeUndefined()
    }
  })

  test('a broken fragment with two edges on one outlet, or a step twice, breaks nothing', () => {
    const step = { id: 'say', type: 'say', position: { x: 0, y: 0 }, data: { text: 'Hello' } }
    const way = { id: 'e', source: 'say', sourceHandle: 'next', target: 'say' }
    const read = commands.readFragment(
      JSON.stringify({ batonFragment: 1, nodes: [step, step], edges: [way, { ...way, id: 'f' }] }),
    )
    const other = build(['say'])
    expect(read && broken(commands.paste(other, read, { x: 0, y: 0 }).apply(other))).toEqual([])
  })
})

/** A start and steps of these kinds, one after the other, by their main ways out. */
function build(kinds: readonly string[]): FlowDocument {
  const ways: Readonly<Record<string, string>> = { ask: 'answered' }
  return kinds.reduce(
    (document, kind) => {
      const last = document.nodes.at(-1)
      const node = commands.freshNode(document, kind, { x: document.nodes.length * 300, y: 0 })
      return commands.addNode(node, last && { node: last.id, outlet: ways[last.type] ?? 'next' }).apply(document)
    },
    emptyDocument('flow', 'Flow'),
  )
}
