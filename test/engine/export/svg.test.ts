import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportFlow, kindOf, type Flow } from '#engine/index.ts'
import { drawingOf as drawnInTheEditor } from '#editor/start/picture/drawing.ts'
import { readDocument } from '#editor/document/document.ts'
import { drawingOf } from '#engine/export/picture/drawing.ts'
import { light, svgOf } from '#engine/export/svg.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'
import { hello, ready } from '../flows/library.ts'

describe('A flow as a picture', () => {
  test('shows every step with its title and every connection', () => {
    const flow = banking()
    const picture = elementsOf(exportFlow(flow, 'svg'))
    const titles = picture.flatMap(({ tag, text }) => (tag === 'text' ? [text] : []))
    for (const node of flow.nodes) expect(titles).toContain(kindOf(node).title)
    expect(drawingOf(flow).cards.map(({ id }) => id)).toEqual(flow.nodes.map(({ id }) => id))
    expect(picture.filter(({ tag }) => tag === 'path')).toHaveLength(flow.edges.length)
  })

  test('has the colour of each phase that the flow has, on white', () => {
    const picture = elementsOf(exportFlow(banking(), 'svg'))
    const frames = picture.flatMap(({ tag, attributes }) =>
      tag === 'rect' && attributes['stroke-width'] === '1.5' ? [attributes['stroke']] : [],
    )
    const phases = new Set(banking().nodes.map((node) => kindOf(node).phase))
    expect(new Set(frames).size).toBe(phases.size)
    expect(picture.find(({ tag }) => tag === 'rect')?.attributes['fill']).toBe('#ffffff')
  })

  test('says to a screen reader what it is a picture of', () => {
    const picture = elementsOf(
      exportFlow({ ...support(), name: 'Billing & more', description: 'For <everyone>' }, 'svg'),
    )
    expect(picture.slice(0, 3)).toMatchObject([
      { tag: 'svg', attributes: { role: 'img', xmlns: 'http://www.w3.org/2000/svg' } },
      { tag: 'title', text: 'Billing & more' },
      { tag: 'desc', text: 'For <everyone>' },
    ])
  })

  test('law 1: is well-formed XML with nothing in it but shapes and texts, whatever the texts hold', () => {
    const shapes = ['svg', 'title', 'desc', 'rect', 'text', 'circle', 'path']
    const bad = fc.constantFrom(
      '<script>alert(1)</script>',
      '"/><a href="x">',
      ']]>&amp;<!--',
      '\u0000\ud800\uffff',
      '{{ a }}',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), bad), (text) => {
        const flow: Flow = {
          ...saying(text),
          name: text,
          description: text,
          notes: [{ id: 'n', text, position: { x: 0, y: 900 } }],
        }
        const picture = elementsOf(exportFlow(flow, 'svg'))
        expect(picture.filter(({ tag }) => !shapes.includes(tag))).toEqual([])
      }),
    )
  })

  test('law 2: wherever steps stand, all of them are in the picture and no two that nobody placed cover each other', () => {
    const coordinate = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.constant(0),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 14, maxLength: 14 }),
        (positions) => {
          const flow = standing(positions)
          expect(exportFlow(flow, 'svg')).not.toMatch(/NaN|Infinity/)
          const { bounds, cards } = drawingOf(flow)
          for (const card of cards) {
            expect(card.x >= bounds.x && card.x + card.width <= bounds.x + bounds.width).toBe(true)
            expect(card.y >= bounds.y && card.y + card.height <= bounds.y + bounds.height).toBe(true)
          }
        },
      ),
    )
    const unplaced = drawingOf(standing([])).cards
    expect(unplaced.flatMap((one, index) => unplaced.slice(index + 1).filter((other) => touches(one, other)))).toEqual(
      [],
    )
  })

  test.each([...ready, hello])('law 3: $id looks as the editor exports it', ({ id, flow }) => {
    const document = readDocument(
      JSON.parse(readFileSync(new URL(`../../../flows/${id}.flow.json`, import.meta.url), 'utf8')),
    )
    const drawing = document && drawnInTheEditor(document)
    expect(drawing && svgOf(drawing, flow, light)).toBe(exportFlow(flow, 'svg'))
  })
})

interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** Reads XML strictly, as far as the pictures use it. @throws what is not well-formed */
function elementsOf(xml: string): readonly Element[] {
  const found: Element[] = []
  const open: string[] = []
  const part =
    /<([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)>|<\/([a-z]+)>|((?:[^<&]|&(?:amp|lt|gt|quot);)+)/y
  while (part.lastIndex < xml.length) {
    const at = part.lastIndex
    const [, tag, attributes = '', closed, closing, text] = part.exec(xml) ?? []
    if (tag !== undefined) {
      found.push({
        tag,
        attributes: Object.fromEntries(
          [...attributes.matchAll(/([a-zA-Z:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
        ),
        text: textAfter(xml, part.lastIndex),
      })
      if (closed === '') open.push(tag)
    } else if (closing !== undefined) {
      if (open.pop() !== closing) throw new Error(`</${closing}> closes nothing`)
    } else if (text === undefined) throw new Error(`not well-formed at ${xml.slice(at, at + 40)}`)
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> stays open`)
  // What XML admits in no place.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(xml))
    throw new Error('holds what is no character')
  return found
}

function textAfter(xml: string, at: number): string {
  const text = xml.slice(at, xml.indexOf('<', at))
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function banking(): Flow {
  return ready[0]?.flow ?? support()
}

function saying(text: string): Flow {
  const flow = draw(supportNodes, supportEdges, { orderNumber: { type: 'text' } })
  // A text that its kind would refuse is drawn all the same.
  return {
    ...flow,
    nodes: flow.nodes.map((node) => (node.type === 'say' ? { ...node, data: { ...node.data, text } } : node)),
  }
}

function standing(positions: readonly { readonly x: number; readonly y: number }[]): Flow {
  const flow = support()
  return {
    ...flow,
    nodes: flow.nodes.map((node, index) => ({ ...node, position: positions[index] ?? { x: 0, y: 0 } })),
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function touches(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}
