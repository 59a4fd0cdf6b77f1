import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Colours } from '#editor/canvas/overview/paint.ts'
import { emptyDocument, readDocument, type FlowDocument } from '#editor/document/document.ts'
import { drawingOf } from '#editor/start/picture/drawing.ts'
import { fileOf } from '#editor/start/export/file.ts'
import { exportsAs } from '#editor/start/export/formats.ts'
import { miniatureOf } from '#editor/start/picture/miniature.ts'
import { svgOf } from '#engine/export/svg.ts'
import { phases, type Phase } from '#engine/index.ts'

// Every phase is given its colour just here.
const shade = Object.fromEntries(phases.map((phase) => [phase, '#123456'])) as Record<Phase, string>
const colours: Colours = {
  own: shade,
  soft: shade,
  body: '#fff',
  text: '#000',
  line: '#ccc',
  accent: '#00f',
  error: '#f00',
  warning: '#fa0',
}

describe('A picture of a flow', () => {
  test('shows each step and each connection', () => {
    const drawing = drawingOf(bank())
    expect(drawing?.cards.length).toBe(bank().nodes.length)
    expect(drawing?.wires.length).toBe(bank().edges.length)
  })

  test('a miniature has a layer for each phase that has steps', () => {
    const found = new Set(drawingOf(bank())?.cards.map((card) => card.phase))
    expect(miniatureOf(bank())?.layers.map((layer) => layer.phase)).toEqual(phases.filter((phase) => found.has(phase)))
  })

  test('law 1: wherever steps stand, no measure of a picture is infinite or not a number', () => {
    const coordinate = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -5_000, max: 5_000 }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 6 }),
        (positions) => {
          const miniature = miniatureOf(scattered(positions))
          if (miniature) expect(JSON.stringify(miniature)).not.toMatch(/NaN|Infinity|null/)
        },
      ),
    )
  })

  test('law 2: texts stay texts, whatever stands in them', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constant('<script>alert(1)</script>'),
          fc.constant('\u0000\ud800"&]]>'),
        ),
        (text) => {
          const svg = drawn({ ...saying(text), name: text })
          const tags = [...svg.matchAll(/<\/?([a-z]+)/gi)].map((hit) => hit[1])
          expect(tags.filter((tag) => !['svg', 'title', 'rect', 'text', 'circle', 'path'].includes(tag ?? ''))).toEqual(
            [],
          )
          expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
          // What XML does not admit.
          expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u)
        },
      ),
    )
  })
})

describe('An export', () => {
  test.each(exportsAs.filter((as) => as !== 'png'))('%s of a sound flow is a file with its own ending', async (as) => {
    const { name, content } = await fileOf(bank(), as, colours)
    expect(name).toMatch(/^banking\./)
    expect(content.size).toBeGreaterThan(1_000)
  })

  test('of a flow with faults the document and its picture can be taken away; other languages name the faults', async () => {
    const broken = { ...saying('Hi'), nodes: [{ id: 'a', type: 'magic', position: { x: 0, y: 0 }, data: {} }] }
    expect((await fileOf(broken, 'json', colours)).content.size).toBeGreaterThan(0)
    expect((await fileOf(broken, 'svg', colours)).content.size).toBeGreaterThan(0)
    await expect(fileOf(broken, 'xstate', colours)).rejects.toMatchObject({
      name: 'ExportRefusal',
      faults: expect.arrayContaining([expect.objectContaining({ node: 'a' })]),
    })
  })
})

function bank(): FlowDocument {
  const source = readFileSync(resolve(import.meta.dirname, '../../../flows/banking.flow.json'), 'utf8')
  return readDocument(JSON.parse(source)) ?? emptyDocument('none', 'None')
}

function scattered(positions: readonly { readonly x: number; readonly y: number }[]): FlowDocument {
  const nodes = positions.map((position, index) => ({ id: `n${index}`, type: 'say', position, data: { text: 'Hi' } }))
  const edges = nodes.map(({ id }, index) => ({ id: `e${index}`, source: id, sourceHandle: 'next', target: 'n0' }))
  return { ...emptyDocument('far', 'Far'), nodes, edges }
}

function saying(text: string): FlowDocument {
  return {
    ...scattered([{ x: 0, y: 0 }]),
    nodes: [{ id: 'n0', type: 'say', position: { x: 0, y: 0 }, data: { text } }],
    notes: [{ id: 'note', text, position: { x: 0, y: 300 } }],
  }
}

function drawn(document: FlowDocument): string {
  const drawing = drawingOf(document)
  return drawing ? svgOf(drawing, { name: document.name }, colours) : ''
}
