/** What is selected, to be set: a step by its kind's own form, a connection, or the flow itself when nothing is. */
import { Alert } from '@mantine/core'
import { nodeOf } from '../document/document.ts'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Head } from './head/Head.tsx'
import classes from './Inspector.module.css'
import { NodePanel } from './node/NodePanel.tsx'
import { Several } from './Several.tsx'

export function Inspector() {
  const nodes = useEditor((state) => state.selection.nodes)
  const edges = useEditor((state) => state.selection.edges)
  const [only] = nodes
  const node = useEditor((state) =>
    nodes.size === 1 && edges.size === 0 && only !== undefined ? nodeOf(state.document, only) : undefined,
  )
  const readOnly = useEditor((state) => state.readOnly)
  return (
    <section className={classes['inspector']} aria-label={words.inspector.title}>
      {readOnly ? (
        <Alert variant="light" color="gray" p="xs">
          {words.inspector.node.readOnly}
        </Alert>
      ) : null}
      {node ? <NodePanel key={node.id} node={node} /> : nodes.size + edges.size > 0 ? <Several /> : <Head />}
    </section>
  )
}
