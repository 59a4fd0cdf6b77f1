import { changedAt, withData, type Operator } from '../mutant.ts'

interface Listed {
  readonly path: string
  readonly what: string
}

/** A rung, an assignment, a question of a ticket or a step of relaxing is left out. */
export const dropItem: Operator = {
  name: 'dropItem',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) =>
      listed(node).map(({ path, what }) => ({
        node: node.id,
        place: path,
        change: `“${node.id}” ${what}`,
        flow: withData(flow, node, changedAt(node.data, path, undefined)),
      })),
    ),
}

function listed(node: Parameters<Operator['mistakes']>[0]['nodes'][number]): readonly Listed[] {
  switch (node.type) {
    case 'ladder':
      return node.data.rungs.length < 2
        ? []
        : node.data.rungs.map(({ kind }, index) => ({
            path: `rungs/${index}`,
            what: `has no rung “${kind}” (its ${ordinal(index)})`,
          }))
    case 'set':
      return node.data.assign.map(({ variable }, index) => ({
        path: `assign/${index}`,
        what: `does not set “${variable}”`,
      }))
    case 'ticket':
      return node.data.collect.map((field, index) => ({
        path: `collect/${index}`,
        what: `does not ask for “${field}”`,
      }))
    case 'queue':
      return (node.data.relax ?? []).map(({ after }, index) => ({
        path: `relax/${index}`,
        what: `does not ask for less after ${after}`,
      }))
    default:
      return []
  }
}

function ordinal(index: number): string {
  return ['first', 'second', 'third'][index] ?? `${index + 1}th`
}
