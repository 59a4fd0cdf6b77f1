import { Alert, Button, Input, Text } from '@mantine/core'
import { memo, Suspense, useMemo, useRef, type CSSProperties } from 'react'
import { ID_PATTERN } from '#engine/flow/values.ts'
import type { Face } from '#engine/kinds/face.ts'
import { Icon } from '#ui/icon.tsx'
import { cardOf } from '../../document/card.ts'
import { changeData, renameNode } from '../../document/commands/index.ts'
import type { FlowNode } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { overlays } from '../../shell/overlays.ts'
import { words } from '../../words/en.ts'
import { fields, type FieldProps } from '../fields/index.ts'
import classes from '../Inspector.module.css'
import { DraftName } from '../rows/DraftName.tsx'
import { changeNode } from './change-node.ts'
import { NodeDataContext, NodeFormContext, type NodeForm } from './form.tsx'
import { useKnown } from './useKnown.ts'
import { readAt, recordOf } from './place.ts'
import { shapeOf } from './shape.ts'
import { ofNoRow, troublesOf, type Trouble } from './troubles.ts'
import { WaysOut } from './WaysOut.tsx'

/** One step: what it is, what is wrong with it, its kind's form, where it leads. */
export function NodePanel({ node }: { readonly node: FlowNode }) {
  const { kind, title, phase } = cardOf(node)
  return (
    <>
      <header>
        <h2 className={classes['title']}>
          <span className={classes['phase']} style={phaseColour(phase)} aria-hidden="true" />
          {title}
        </h2>
        {kind ? (
          <Text size="sm" c="dimmed" mt={4}>
            {kind.doc}
          </Text>
        ) : null}
      </header>
      {kind ? (
        <KindForm key={kind.name} kind={kind} node={node} />
      ) : (
        <Alert color="red" variant="light">
          {words.inspector.node.unknownKind(node.type)}
        </Alert>
      )}
      {kind?.name === 'queue' ? <Staffing /> : null}
      <WaysOut node={node.id} />
    </>
  )
}

/** To the queue's staffing, which wants more room than there is beside the canvas. */
function Staffing() {
  return (
    <div>
      <Button variant="light" fullWidth leftSection={<Icon name="live" />} onClick={() => overlays.show('staffing')}>
        {words.shell.actions.staffing}
      </Button>
      <Text size="xs" c="dimmed" mt={4}>
        {words.inspector.node.staffing}
      </Text>
    </div>
  )
}

/** The step's own form, made of what its kind says of itself. */
function KindForm({ kind, node }: { readonly kind: Face; readonly node: FlowNode }) {
  const { id, data } = node
  const known = useKnown()
  const readOnly = useEditor((state) => state.readOnly)
  const troubles = useTroubles(id)
  const taken = useEditor((state) => state.document.nodes)
  const rows = useMemo(() => kind.form.map((field) => ({ field, shape: shapeOf(kind, field) })), [kind])
  const form = useMemo<NodeForm>(
    () => ({
      node: id,
      kind,
      known,
      troubles,
      readOnly,
      change: (place, value) => {
        editor.run(changeNode({ node: id, place, value }))
      },
      type: (place, value) => {
        editor.run(changeNode({ node: id, place, value, typing: true }))
      },
    }),
    [id, kind, known, troubles, readOnly],
  )
  const others = ofNoRow(
    troubles,
    rows.map(({ shape }) => shape.place),
  )

  return (
    <NodeFormContext value={form}>
      <NodeDataContext value={data}>
        <Troubles troubles={others} />
        <Strays node={id} data={data} known={kind.form.map((field) => field.path)} />
        <div className={classes['rows']} onBlur={() => editor.endBurst()}>
          {rows.map(({ field, shape }) => (
            <Row key={field.path} field={field} shape={shape} value={readAt(data, shape.place)} />
          ))}
          <DraftName
            large
            place={`${id}/id of the step`}
            label={words.inspector.node.id}
            help={words.inspector.node.idHelp}
            readOnly={readOnly}
            value={id}
            pattern={ID_PATTERN}
            cure={words.inspector.idCure}
            taken={taken.flatMap((each) => (each.id === id ? [] : [each.id]))}
            onChange={(next) => {
              editor.run(renameNode(id, next))
            }}
          />
        </div>
      </NodeDataContext>
    </NodeFormContext>
  )
}

/** A row is drawn again when its own value changes, not with every key in another. */
const Row = memo(function Row(props: FieldProps) {
  const Field = fields[props.field.type]
  return (
    <Suspense fallback={<Coming label={props.field.label} />}>
      <Field {...props} />
    </Suspense>
  )
})

/** A row whose input is on its way: its label, and as much room as an input takes. */
function Coming({ label }: { readonly label: string }) {
  return (
    <Input.Wrapper label={label} labelElement="div" aria-busy="true">
      <div className={classes['coming']} />
    </Input.Wrapper>
  )
}

/** What is wrong with the step; the same list while the check finds the same. */
function useTroubles(id: string): readonly Trouble[] {
  const faults = useEditor((state) => state.faults)
  const problems = useEditor((state) => state.problems)
  const kept = useRef<{ readonly key: string; readonly troubles: readonly Trouble[] } | null>(null)
  const troubles = troublesOf(id, faults, problems)
  const key = JSON.stringify(troubles)
  if (kept.current?.key !== key) kept.current = { key, troubles }
  return kept.current.troubles
}

/** What is wrong with the step as a whole; what is wrong with a row stands at the row. */
function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null
  return (
    <div role="group" aria-label={words.inspector.node.troubles} className={classes['ways']}>
      {troubles.map(({ message, severity }) => (
        <Alert
          key={message}
          color={severity === 'error' ? 'red' : 'yellow'}
          variant="light"
          p="xs"
          icon={<Icon name={severity} />}
        >
          {message}
        </Alert>
      ))}
    </div>
  )
}

/** What the step holds and its kind does not know: no row shows it, so it is taken out here. */
function Strays({
  node,
  data,
  known,
}: {
  readonly node: string
  readonly data: unknown
  readonly known: readonly string[]
}) {
  const readOnly = useEditor((state) => state.readOnly)
  const strays = Object.keys(recordOf(data)).filter((key) => !known.includes(key))
  if (readOnly || strays.length === 0) return null
  const kept = Object.fromEntries(Object.entries(recordOf(data)).filter(([key]) => known.includes(key)))
  return (
    <Button variant="default" size="xs" onClick={() => editor.run(changeData(node, kept))}>
      {words.inspector.node.takeOut(strays)}
    </Button>
  )
}

function phaseColour(phase: string): CSSProperties {
  // A custom property, which React's type does not know by name.
  return { '--phase': `var(--phase-${phase})` } as CSSProperties
}
