import type { Marks } from '../document/marks.ts'
import type { Changes } from './difference.ts'

/** Changes as the canvas shows them: steps by what became of them, new ways lit. */
export function paintOf({ added, removed, changed, ways }: Changes): Marks {
  return {
    changed: Object.fromEntries([
      ...added.map(({ id }) => [id, 'added'] as const),
      ...removed.map(({ id }) => [id, 'removed'] as const),
      ...changed.map(({ node }) => [node.id, 'changed'] as const),
    ]),
    litEdges: new Set(ways.flatMap(({ edge }) => edge ?? [])),
  }
}
