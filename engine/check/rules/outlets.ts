import { outletsOf } from '../../flow/parse.ts'
import type { CheckRule } from '../rule.ts'

/** Every way out that has no default of its own leads somewhere. */
export const outlets: CheckRule = {
  name: 'outlets',
  title: 'Every way out leads somewhere',
  find: ({ compiled: { flow }, pointerOf }) => {
    const drawn = new Set(flow.edges.map((edge) => `${edge.source}\n${edge.sourceHandle}`))
    const leads = (node: string, outlet: string): boolean => drawn.has(`${node}\n${outlet}`)
    return flow.nodes.flatMap((node) => {
      const ways = outletsOf(node)
      const choices = ways.filter((outlet) => outlet.id.startsWith('choice:'))
      const open = ways.filter((outlet) => outlet.need === 'required' && !leads(node.id, outlet.id))
      // A question with choices needs a way for each, or one for all.
      const unanswered = choices.length > 0 && !leads(node.id, 'answered') ? choices.filter((outlet) => !leads(node.id, outlet.id)) : []
      return [...open, ...unanswered].map((outlet) => ({
        rule: 'outlets', severity: 'error' as const, node: node.id, pointer: pointerOf(node.id),
        message: `“${outlet.label}” (${outlet.id}) of “${node.id}” leads nowhere; draw where it goes`,
      }))
    })
  },
}
