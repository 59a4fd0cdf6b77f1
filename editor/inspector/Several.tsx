import { Button, Text } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { cardOf, outletsIn } from '../document/card.ts'
import { nodeOf, type FlowEdge } from '../document/document.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import classes from './Inspector.module.css'

/** More than one thing, or a connection: what it is, and a way to each. */
export function Several() {
  const { nodes, edges } = useEditor((state) => state.selection)
  const document = useEditor((state) => state.document)
  const chosen = document.nodes.filter((node) => nodes.has(node.id))
  const drawn = document.edges.filter((edge) => edges.has(edge.id))
  const [edge] = drawn
  const isEdge = drawn.length === 1 && chosen.length === 0 && edge !== undefined
  return (
    <>
      <h2 className={classes['title']}>
        {isEdge ? words.inspector.several.edge : words.inspector.several.title(chosen.length, drawn.length)}
      </h2>
      {isEdge ? (
        <Ends edge={edge} />
      ) : (
        <Text size="sm" c="dimmed">
          {words.inspector.several.help}
        </Text>
      )}
      <ul className={classes['ways']}>
        {chosen.map((node) => (
          <li key={node.id}>
            <Jump id={node.id} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Ends({ edge }: { readonly edge: FlowEdge }) {
  const document = useEditor((state) => state.document)
  const source = nodeOf(document, edge.source)
  const outlet = source && outletsIn(document, source).find((each) => each.id === edge.sourceHandle)
  return (
    <div className={classes['rows']}>
      <div>
        <Text size="sm" c="dimmed">
          {words.inspector.several.from}
        </Text>
        <Jump id={edge.source} />
      </div>
      <div>
        <Text size="sm" c="dimmed">
          {words.inspector.several.by}
        </Text>
        <Text size="sm">{outlet?.label ?? edge.sourceHandle}</Text>
      </div>
      <div>
        <Text size="sm" c="dimmed">
          {words.inspector.several.to}
        </Text>
        <Jump id={edge.target} />
      </div>
    </div>
  )
}

function Jump({ id }: { readonly id: string }) {
  const node = useEditor((state) => nodeOf(state.document, id))
  if (!node) return null
  const { sentence } = cardOf(node)
  return (
    <Button
      variant="default"
      size="sm"
      fullWidth
      justify="space-between"
      rightSection={<Icon name="jump" size={14} />}
      onClick={() => editor.focusNode(id)}
    >
      {sentence}
    </Button>
  )
}
