import { Button, Input, Text } from '@mantine/core'
import { memo, useDeferredValue, useId } from 'react'
import { Icon } from '#ui/icon.tsx'
import { cardOf, outletsIn } from '../../document/card.ts'
import { nodeOf, type FlowDocument } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import classes from '../Inspector.module.css'

/** Where the step leads: each way out with the step behind it, or with what happens while it is not drawn. */
export function WaysOut({ node }: { readonly node: string }) {
  // A key that is typed above does not wait for what stands below.
  return <Drawn node={node} document={useDeferredValue(useEditor((state) => state.document))} />
}

const Drawn = memo(function Drawn({
  node: nodeId,
  document,
}: {
  readonly node: string
  readonly document: FlowDocument
}) {
  const id = useId()
  const node = nodeOf(document, nodeId)
  const outlets = node === undefined ? [] : outletsIn(document, node)
  if (outlets.length === 0) return null
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {words.inspector.node.ways}
      </Input.Label>
      <ul className={classes['ways']}>
        {outlets.map(({ id: outlet, label, need, otherwise }) => {
          const edge = document.edges.find((each) => each.source === nodeId && each.sourceHandle === outlet)
          const target = edge && nodeOf(document, edge.target)
          return (
            <li key={outlet} className={classes['way']} data-open={(need === 'required' && !target) || undefined}>
              <div className={classes['wayHead']}>
                <span className={classes['label']}>{label}</span>
                {target ? (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    rightSection={<Icon name="jump" size={14} />}
                    title={words.inspector.node.goTo(cardOf(target).title)}
                    onClick={() => editor.focusNode(target.id)}
                  >
                    {cardOf(target).title}
                  </Button>
                ) : null}
              </div>
              {target ? null : (
                <Text size="xs" c={need === 'required' ? 'red' : 'dimmed'}>
                  {need === 'required' || otherwise === undefined
                    ? words.inspector.node.open
                    : words.inspector.node.otherwise(otherwise)}
                </Text>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
})
