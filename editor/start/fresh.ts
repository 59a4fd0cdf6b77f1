/** A new flow: a start, and for a newcomer three notes above it that teach the first three moves. */
import { emptyDocument, type FlowDocument, type Note } from '../document/document.ts'
import { words } from '../words/en.ts'

const NOTE = { width: 220, height: 130 }
const APART = 20
/** The middle of the start's card, and how far above it the notes lie. */
const MIDDLE = 140
const ABOVE = 200

export function freshFlow(name: string, { taught }: { readonly taught: boolean }): FlowDocument {
  const document = emptyDocument('flow', name)
  return taught ? { ...document, notes: words.start.moves.map(noteOf) } : document
}

function noteOf({ title, text }: { readonly title: string; readonly text: string }, index: number): Note {
  const count = words.start.moves.length
  const left = MIDDLE - (count * NOTE.width + (count - 1) * APART) / 2
  return {
    id: `move${index + 1}`,
    text: `${index + 1}. ${title}\n${text}`,
    position: { x: left + index * (NOTE.width + APART), y: -ABOVE },
    ...NOTE,
  }
}
