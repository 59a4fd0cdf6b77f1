/**
 * React Flow as its manual shows it, on the same documents: each node a memoised card with a handle for each way out,
 * sizes measured by the library, everything drawn. What the editor's figures are compared with.
 */
import { memo } from 'react'
import { createRoot } from 'react-dom/client'
import { Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import './plain.css'
import type { FlowDocument } from '#editor/document/document.ts'

type CardNode = Node<{ readonly type: string; readonly text: string; readonly outlets: readonly string[] }, 'card'>

const Card = memo(function Card({ id, data }: NodeProps<CardNode>) {
  return (
    <div className="card">
      <Handle type="target" position={Position.Left} />
      <header>{data.type}</header>
      <p>{data.text}</p>
      <ul>
        {data.outlets.map((outlet) => (
          <li key={outlet}>
            {outlet}
            <Handle id={outlet} type="source" position={Position.Right} />
          </li>
        ))}
      </ul>
      <footer>{id}</footer>
    </div>
  )
})

const nodeTypes = { card: Card }

/** `window.draw` is called by the measurement with the document; the page asks nobody. `whole`: all of it in view. */
Object.assign(window, {
  draw(document: FlowDocument, whole: boolean): void {
    const root = globalThis.document.getElementById('root')
    if (root)
      createRoot(root).render(
        <ReactFlow
          defaultNodes={nodesOf(document)}
          defaultEdges={edgesOf(document)}
          nodeTypes={nodeTypes}
          minZoom={0.01}
          fitView={whole}
          defaultViewport={{ x: 48, y: 200, zoom: 0.7 }}
        />,
      )
  },
})

function nodesOf({ nodes, edges }: FlowDocument): CardNode[] {
  return nodes.map(({ id, type, position, data }) => ({
    id,
    type: 'card',
    position,
    data: {
      type,
      text: JSON.stringify(data).slice(0, 60),
      outlets: edges.filter((edge) => edge.source === id).map((edge) => edge.sourceHandle),
    },
  }))
}

function edgesOf({ edges }: FlowDocument): Edge[] {
  return edges.map(({ id, source, sourceHandle, target }) => ({ id, source, sourceHandle, target }))
}
