/** A flow as an SVG document, for a page or a slide. Texts in it stay texts: all of them are escaped. */
import type { Phase } from '../conversation/owner.ts'
import type { Flow } from '../flow/parse.ts'
import { ROW_HEIGHT, rowPoint } from './picture/card.ts'
import { drawingOf, short, type Drawing, type DrawnCard, type DrawnNote } from './picture/drawing.ts'
import type { Rect } from './picture/rect.ts'
import { wrapped } from './picture/wrapped.ts'
import { escaped } from './xml.ts'

/** `own` is a phase's strong colour, `soft` that of its area. */
export interface Colours {
  readonly own: Readonly<Record<Phase, string>>
  readonly soft: Readonly<Record<Phase, string>>
  readonly body: string
  readonly text: string
  readonly line: string
  readonly error: string
}

/** Dark on white, for paper and pages; a text has a contrast of 4.5:1 or more on whatever it stands on. */
export const light: Colours = {
  own: {
    bot: '#1c5cc9',
    escalation: '#b03f08',
    queued: '#855600',
    agentActive: '#0a6e47',
    handback: '#6a3bc0',
    closed: '#4a5463',
  },
  soft: {
    bot: '#e8f0fd',
    escalation: '#fdeee5',
    queued: '#fdf3d9',
    agentActive: '#e3f6ec',
    handback: '#f1eafd',
    closed: '#eceff3',
  },
  body: '#ffffff',
  text: '#1a1f27',
  line: '#dfe3e9',
  error: '#b02323',
}

const phaseTitles: Readonly<Record<Phase, string>> = {
  bot: 'Bot',
  escalation: 'Escalating',
  queued: 'Waiting for a person',
  agentActive: 'With a person',
  handback: 'Back to the bot',
  closed: 'Ended',
}

const FONT = 'system-ui, -apple-system, &quot;Segoe UI&quot;, Roboto, sans-serif'
/** So many characters surely fit one line of a card. */
const LETTERS = 38
const LINE = 17

export function svg(flow: Flow): string {
  return svgOf(drawingOf(flow), flow, light)
}

/** `name` and `description` are what a screen reader says of the picture. */
export function svgOf(
  drawing: Drawing,
  about: { readonly name: string; readonly description?: string },
  colours: Colours,
): string {
  const { bounds, zones, wires, cards, notes } = drawing
  const [x, y, width, height] = [bounds.x, bounds.y, bounds.width, bounds.height].map(short)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" font-family="${FONT}">`,
    `<title>${escaped(about.name)}</title>`,
    ...(about.description === undefined ? [] : [`<desc>${escaped(about.description)}</desc>`]),
    rect(bounds, `fill="${colours.body}"`),
    ...zones.map((zone) => rect(zone.rect, `rx="18" fill="${colours.soft[zone.phase]}"`)),
    ...zones
      .filter((zone) => zone.key.endsWith('-0'))
      .map(({ rect: { x, y }, phase }) =>
        label(x + 10, y - 6, phaseTitles[phase], `font-size="13" font-weight="600" fill="${colours.own[phase]}"`),
      ),
    ...wires.map(
      ({ phase, path }) => `<path d="${path}" fill="none" stroke="${colours.own[phase]}" stroke-width="1.5"/>`,
    ),
    ...notes.map((note) => noteOf(note, colours)),
    ...cards.map((card) => cardOf(card, colours)),
    '</svg>\n',
  ].join('\n')
}

function cardOf(card: DrawnCard, colours: Colours): string {
  const { face, phase, x, y, width, height } = card
  const own = colours.own[phase]
  const sentence = wrapped(face.fault ?? face.sentence, LETTERS, 2)
  return [
    rect(card, `rx="8" fill="${colours.body}" stroke="${own}" stroke-width="1.5"`),
    rect({ x, y: y + 8, width: 4, height: height - 16 }, `fill="${own}"`),
    label(x + 14, y + 20, face.title, `font-size="12" font-weight="600" fill="${own}"`),
    ...sentence.map((line, index) =>
      label(
        x + 14,
        y + 42 + index * LINE,
        line,
        `font-size="13" fill="${face.fault === undefined ? colours.text : colours.error}"`,
      ),
    ),
    ...face.rows.map((row, index) => {
      const point = rowPoint(face, index)
      const [right, middle] = [x + point.x, y + point.y]
      const name = wrapped(row.label, LETTERS, 1)[0] ?? ''
      return [
        rect({ x: x + 8, y: middle - ROW_HEIGHT / 2, width: width - 16, height: 0.5 }, `fill="${colours.line}"`),
        label(right - 14, middle + 4, name, `font-size="12" text-anchor="end" fill="${colours.text}"`),
        `<circle cx="${short(right)}" cy="${short(middle)}" r="4" fill="${own}"/>`,
      ].join('')
    }),
  ].join('')
}

function noteOf(note: DrawnNote, colours: Colours): string {
  const lines = note.text
    .split('\n')
    .flatMap((line) => wrapped(line, Math.max(8, Math.floor(note.width / 7)), 20))
    .slice(0, Math.max(1, Math.floor((note.height - 12) / LINE)))
  return [
    rect(note, `rx="6" fill="${colours.soft.queued}" stroke="${colours.own.queued}" stroke-width="0.75"`),
    ...lines.map((line, index) =>
      label(note.x + 10, note.y + 20 + index * LINE, line, `font-size="12" fill="${colours.text}"`),
    ),
  ].join('')
}

function rect({ x, y, width, height }: Rect, look: string): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${look}/>`
}

function label(x: number, y: number, text: string, look: string): string {
  return `<text x="${short(x)}" y="${short(y)}" ${look}>${escaped(text)}</text>`
}
