/**
 * Reads what a person brings in. Laws:
 * 1. Nothing in it is carried out: it is parsed as data, and judged by the engine.
 * 2. What is broken is refused with every fault named; nothing of it is kept.
 * 3. A TaskRouter workflow becomes a flow, with what must be set up for it and what is not quite as it was.
 */
import { parseFlow, type Fault } from '#engine/index.ts'
import { importTaskRouter, isTaskRouterWorkflow, type ImportedWorkflow } from '#engine/routing/index.ts'
import { readDocument, type FlowDocument } from '../document/document.ts'
import { words } from '../words/en.ts'

/** The most that the server takes for one flow, in megabytes. */
export const LARGEST_MB = 10

export type Brought =
  | { readonly ok: true; readonly document: FlowDocument; readonly translated: Translated | null }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** What somebody must know who brings in a workflow of another program; null for a flow. */
export type Translated = Pick<ImportedWorkflow, 'teams' | 'skills' | 'variables' | 'notes'>

const text = words.start.bring

export function bring(source: string): Brought {
  if (new Blob([source]).size > LARGEST_MB * 1_048_576) return refusal(text.tooLarge(LARGEST_MB))
  try {
    return judge(JSON.parse(source))
  } catch (error) {
    if (error instanceof SyntaxError) return refusal(text.notJson(error.message))
    // What the parser cannot follow overflows the stack.
    if (error instanceof RangeError) return refusal(text.tooDeep)
    throw error
  }
}

/** Refuses as a whole. */
export function refusal(message: string): Brought {
  return { ok: false, faults: [{ pointer: '', node: null, message }] }
}

function judge(json: unknown): Brought {
  if (!isTaskRouterWorkflow(json)) return admitted(json, null)
  const translated = importTaskRouter(json)
  return translated.ok ? admitted(translated.flow, translated) : translated
}

function admitted(json: unknown, translated: Translated | null): Brought {
  const read = parseFlow(json)
  if (!read.ok) return read
  const document = readDocument(read.flow)
  return document ? { ok: true, document, translated } : refusal(words.document.unreadable)
}
