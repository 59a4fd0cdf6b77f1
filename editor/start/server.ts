/** What the gallery asks of the server. */
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import type { FlowDocument } from '../document/document.ts'
import { words } from '../words/en.ts'
import { freeFlowId } from './flow-id.ts'

/** Saves a document as a flow of its own, under a free id made of `wish`; answers the id. */
export async function addFlow(document: FlowDocument, wish: string): Promise<string> {
  const taken = new Set((await api.listFlows()).map((flow) => flow.id))
  for (;;) {
    const id = freeFlowId(wish, taken)
    try {
      await api.saveFlow(id, { ...document, id }, null)
      return id
    } catch (error) {
      // Somebody else took the id meanwhile.
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      taken.add(id)
    }
  }
}

/** A draft as it can be drawn. */
export async function readDraft(id: string): Promise<unknown> {
  return JSON.parse(await api.exportText(id, 'json'))
}

/** Why something failed, and what cures it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return words.start.failures.unknown
  if (error.status === 0) return words.start.failures.noAnswer
  return error.detail || error.title
}
