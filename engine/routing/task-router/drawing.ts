/** Nodes and edges as they are drawn, and where they stand: columns by the longest way from the start. */
import type { BareNode, Edge } from '../../flow/document.ts'

const COLUMN = 360
/** What a card takes that has no more ways out than a queue, with the gap below it. */
const ROW = 200

interface DrawnNode {
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly height: number
}

export class Drawing {
  readonly #nodes: DrawnNode[] = []
  readonly #edges: Edge[] = []

  /** `height` is what its card takes on the canvas, with the gap below it. */
  node(id: string, type: string, data: unknown, height = ROW): string {
    this.#nodes.push({ id, type, data, height })
    return id
  }

  edge(source: string, sourceHandle: string, target: string): void {
    const id = `${source}-${sourceHandle.replace(':', '-')}`
    this.#edges.push({ id, source, sourceHandle, target })
  }

  get edges(): readonly Edge[] {
    return this.#edges
  }

  /** Every node with its place. Law: no two overlap, and each stands to the right of what leads to it. */
  placed(): readonly BareNode[] {
    const columns = this.#columns()
    const filled = new Map<number, number>()
    return this.#nodes.map(({ height, ...node }) => {
      const column = columns.get(node.id) ?? 0
      const y = filled.get(column) ?? 0
      filled.set(column, y + height)
      return { ...node, position: { x: column * COLUMN, y } }
    })
  }

  /** What is drawn has no circle. */
  #columns(): ReadonlyMap<string, number> {
    const columns = new Map<string, number>()
    const entering = new Map<string, number>()
    const leaving = new Map<string, string[]>()
    for (const { source, target } of this.#edges) {
      entering.set(target, (entering.get(target) ?? 0) + 1)
      leaving.set(source, [...(leaving.get(source) ?? []), target])
    }
    const ready = this.#nodes.map(({ id }) => id).filter((id) => !entering.has(id))
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      const column = columns.get(id) ?? 0
      for (const target of leaving.get(id) ?? []) {
        columns.set(target, Math.max(columns.get(target) ?? 0, column + 1))
        const left = (entering.get(target) ?? 0) - 1
        entering.set(target, left)
        if (left === 0) ready.push(target)
      }
    }
    return columns
  }
}
