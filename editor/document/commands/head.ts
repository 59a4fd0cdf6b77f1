/** Commands for what stands in the document besides its drawing. */
import { words } from '../../words/en.ts'
import type { FlowDocument, FlowHead } from '../document.ts'
import { sameJson } from '../same-json.ts'
import type { Command } from './command.ts'

/** Changes name, description, language, time zone or variables; typing in one field is one entry of the history. */
export function changeHead(change: Partial<FlowHead>, burst?: string): Command {
  return {
    name: 'changeHead',
    label: Object.keys(change).join() === 'name' ? words.document.rename : words.document.changeHead,
    ...(burst === undefined ? {} : { burst: `head ${burst}` }),
    apply(document) {
      const next: FlowDocument = { ...document, ...change }
      if (sameJson(next, document)) return document
      const { description, ...rest } = next
      return description === undefined || description === '' ? rest : next
    },
  }
}

/**
 * Puts another document in the place of this one: theirs after a conflict, an earlier version, an import. The id stays,
 * for it is the flow's address.
 */
export function replaceDocument(other: FlowDocument, label = words.document.replace): Command {
  return {
    name: 'replaceDocument',
    label,
    selects: [],
    apply: (document) => (sameJson({ ...other, id: document.id }, document) ? document : { ...other, id: document.id }),
  }
}
