import { z } from 'zod'
import type { Log } from '../runtime/log.ts'
import { watchedDocument } from '../store/watched-document.ts'

/** Which flows anybody may begin by the widget, and from which pages: `widget.json` in the data folder. */
export interface WidgetRules {
  takesFlow(id: string): boolean
  /** Whether pages of this origin, as a browser names it, may hold the widget. */
  takesOrigin(origin: string): boolean
}

const names = z.array(z.string().min(1)).default(['*'])
const document = z.strictObject({ flows: names, origins: names })

/** Without a file every flow and every page may. */
export function openWidgetRules(file: string, log: Log): WidgetRules {
  const current = watchedDocument(file, document, document.parse({}), log)
  return {
    takesFlow: (id) => isIn(current().flows, id),
    takesOrigin: (origin) => isIn(current().origins, origin),
  }
}

function isIn(names: readonly string[], name: string): boolean {
  return names.includes('*') || names.includes(name)
}
