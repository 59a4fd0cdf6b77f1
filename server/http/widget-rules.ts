import { z } from 'zod'
import type { Documents } from '../store/documents.ts'

/** Which flows anybody may begin by the widget, and from which pages: the document `widget`. */
export interface WidgetRules {
  takesFlow(id: string): boolean
  /** Whether pages of this origin, as a browser names it, may hold the widget. */
  takesOrigin(origin: string): boolean
}

const names = z.array(z.string().min(1)).default(['*'])
const document = z.strictObject({ flows: names, origins: names })

/** Without a document every flow and every page may. */
export async function openWidgetRules(documents: Documents): Promise<WidgetRules> {
  const { current } = await documents.open('widget', document, document.parse({}))
  return {
    takesFlow: (id) => isIn(current().flows, id),
    takesOrigin: (origin) => isIn(current().origins, origin),
  }
}

function isIn(names: readonly string[], name: string): boolean {
  return names.includes('*') || names.includes(name)
}
