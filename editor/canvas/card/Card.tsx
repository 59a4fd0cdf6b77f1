/**
 * A step as a card: what it does in a sentence, and each way out as a row with its own handle. One tab stop for all
 * cards: the arrow keys walk (see `keyboard.ts`), Enter goes to the rows, Enter on a row says where it leads.
 */
import { memo, type MouseEvent } from 'react'
import { Handle, Position, type NodeProps } from '@xyflow/react'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { openWay } from '../add/open.ts'
import { CoveredCard, CoveredWay, useCovered } from '../coverage/Covered.tsx'
import { linesOf, type Face, type Row } from '../model/face.ts'
import { INPUT, type CardNode } from '../model/scene.ts'
import { useCanvas } from '../state.ts'
import { KindIcon } from './KindIcon.tsx'
import { useEdgeCount, useNodeCount, useNodePaint, useTrouble } from './marked.ts'
import classes from './Card.module.css'

export const Card = memo(function Card({ id, data: { face, ways }, selected }: NodeProps<CardNode>) {
  const isCursor = useCanvas(({ cursor }) => cursor === id)
  const paint = useNodePaint(id)
  const trouble = useTrouble(id)
  const covered = useCovered(id)
  return (
    <div
      className={classes['card']}
      role="group"
      tabIndex={isCursor ? 0 : -1}
      aria-label={labelOf(face, selected, { severity: trouble?.severity, paint, covered })}
      data-card={id}
      data-phase={face.phase}
      data-selected={selected || undefined}
      data-watches={face.watches || undefined}
      data-input={face.hasInput}
      data-broken={face.fault !== undefined || undefined}
      data-paint={paint || undefined}
    >
      <CoveredCard covered={covered} />
      {face.hasInput && (
        <Handle
          id={INPUT}
          type="target"
          position={Position.Left}
          className={classes['input'] ?? ''}
          isConnectableStart={false}
        />
      )}
      <div className={classes['head']}>
        <span className={classes['icon']}>
          <KindIcon kind={face.kind} size={14} />
        </span>
        <span className={classes['title']}>{face.title}</span>
        {face.watches && <span className={classes['watching']}>{words.canvas.card.watcher}</span>}
        <Count id={id} />
        {trouble && (
          <span className={classes['trouble']} data-severity={trouble.severity} title={trouble.message}>
            !
          </span>
        )}
      </div>
      <p
        className={classes['sentence']}
        data-lines={linesOf(face.fault ?? face.sentence)}
        title={face.fault ?? face.sentence}
      >
        {face.fault ?? face.sentence}
      </p>
      {face.rows.length > 0 && (
        <ul className={classes['rows']}>
          {face.rows.map((row) => (
            <RowView key={row.id} node={id} row={row} edge={ways.get(row.id)} />
          ))}
        </ul>
      )}
    </div>
  )
})

interface Marked {
  readonly severity: 'error' | 'warning' | undefined
  readonly paint: string
  readonly covered: boolean | undefined
}

function labelOf(face: Face, selected: boolean, { severity, paint, covered }: Marked): string {
  const { label, ways, error, warning, added, removed, changed } = words.canvas.card
  const painted = { added, removed, changed }
  const marks = Object.entries(painted).flatMap(([name, word]) => (paint.split(' ').includes(name) ? [word] : []))
  return [
    label(face.title, face.fault ?? face.sentence, words.canvas.phases[face.phase]),
    ways(face.rows.length),
    ...(selected ? [words.canvas.card.selected] : []),
    ...(severity === undefined ? [] : [severity === 'error' ? error : warning]),
    ...marks,
    ...(covered === undefined ? [] : [covered ? words.canvas.card.covered : words.canvas.card.uncovered]),
  ].join(' ')
}

function Count({ id }: { readonly id: string }) {
  const count = useNodeCount(id)
  return count === undefined || count === 0 ? null : (
    <span className={classes['count']} title={words.canvas.card.here(count)}>
      {count}
    </span>
  )
}

function RowView({ node, row, edge }: { readonly node: string; readonly row: Row; readonly edge: string | undefined }) {
  const { card } = words.canvas
  const count = useEdgeCount(edge)
  const state = row.stray ? 'stray' : edge !== undefined ? 'led' : row.need
  const note = row.stray
    ? card.stray
    : edge === undefined
      ? row.otherwise === undefined
        ? card.open
        : card.byItself(row.otherwise)
      : undefined
  const choose = (event: MouseEvent): void => {
    // A click on a way that leads somewhere shows its wire; the keyboard (a click without a count) gets the menu.
    if (edge !== undefined && event.detail > 0) editor.select([], [edge])
    else openWay({ source: node, outlet: row.id }, event.currentTarget)
    event.stopPropagation()
  }
  return (
    <li className={classes['row']} data-state={state}>
      <button
        type="button"
        tabIndex={-1}
        className={classes['way']}
        data-way={row.id}
        title={note}
        onClick={choose}
        aria-haspopup="dialog"
      >
        <CoveredWay node={node} outlet={row.id} />
        <span className={classes['label']}>{row.label}</span>
        {count !== undefined && <span className={classes['flow']}>{count}</span>}
      </button>
      <Handle
        id={row.id}
        type="source"
        position={Position.Right}
        className={classes['outlet'] ?? ''}
        isConnectableEnd={false}
        isConnectable={row.stray !== true}
        onClick={(event) => openWay({ source: node, outlet: row.id }, event.currentTarget)}
      />
    </li>
  )
}
