import { withData, type Operator } from '../mutant.ts'

/** Customers wait for another team. */
export const otherTeam: Operator = {
  name: 'team',
  mistakes: (flow) => {
    const teams = [...new Set(flow.nodes.flatMap((node) => (node.type === 'queue' ? [node.data.team] : [])))]
    return flow.nodes.flatMap((node) => {
      if (node.type !== 'queue') return []
      const { team } = node.data
      const other = teams[(teams.indexOf(team) + 1) % teams.length] ?? team
      const instead = other === team ? `${team}-other` : other
      const change = `“${node.id}” waits for the team “${instead}” instead of “${team}”`
      return [{ node: node.id, place: 'team', change, flow: withData(flow, node, { ...node.data, team: instead }) }]
    })
  },
}
