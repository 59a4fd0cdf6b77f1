/** A connection. No text stands on it: what it is called is the row it leaves by. */
import { memo } from 'react'
import { BaseEdge, EdgeLabelRenderer, type ConnectionLineComponentProps, type EdgeProps } from '@xyflow/react'
import { disconnect } from '../../document/commands/index.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { besideOf, openOnWire } from '../add/open.ts'
import { useEdgeLit, useEdgeSteps } from '../card/marked.ts'
import type { DrawnNode, WireEdge } from '../model/scene.ts'
import { canvas, useCanvas } from '../state.ts'
import { lineOf, type Line } from './path.ts'
import classes from './Wire.module.css'

export const Wire = memo(function Wire({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  selected,
  data,
}: EdgeProps<WireEdge>) {
  const line = lineOf({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data?.ends)
  const hovered = useCanvas((state) => state.hovered === id)
  const readOnly = useEditor((state) => state.readOnly)
  const lit = useEdgeLit(id)
  const steps = useEdgeSteps(id)
  return (
    <g
      className={classes['wire']}
      data-phase={data?.phase}
      data-selected={selected || undefined}
      data-lit={lit || undefined}
    >
      <BaseEdge path={line.path} interactionWidth={18} className={classes['line'] ?? ''} />
      {lit && <path d={line.path} className={classes['current']} />}
      {steps !== undefined && <StepNumber steps={steps} line={line} />}
      {(hovered || selected === true) && !readOnly && <WireTools id={id} line={line} reachable={selected === true} />}
    </g>
  )
})

/** Which steps of a way pass a wire, at its middle; who hears the page has them in the list beside the canvas. */
function StepNumber({ steps, line: { middle } }: { readonly steps: string; readonly line: Line }) {
  const width = 14 + steps.length * 7
  return (
    <g className={classes['step']} transform={`translate(${middle.x} ${middle.y})`} aria-hidden="true">
      <rect x={-width / 2} y={-11} width={width} height={22} rx={11} />
      <text textAnchor="middle" dominantBaseline="central">
        {steps}
      </text>
    </g>
  )
}

/** What can be done with a wire, at its middle. */
function WireTools({ id, line, reachable }: { readonly id: string; readonly line: Line; readonly reachable: boolean }) {
  const { insert, remove } = words.canvas.wire
  const tabIndex = reachable ? 0 : -1
  return (
    <EdgeLabelRenderer>
      <div
        className={`${classes['tools']} nodrag nopan`}
        data-wire-tools
        style={{ transform: `translate(-50%, -50%) translate(${line.middle.x}px, ${line.middle.y}px)` }}
        onMouseEnter={() => canvas.setState({ hovered: id })}
        onMouseLeave={() => canvas.setState({ hovered: null })}
      >
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={insert}
          title={insert}
          onClick={(event) => openOnWire(id, line.middle, besideOf(event.currentTarget))}
        >
          +
        </button>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={remove}
          title={remove}
          onClick={() => editor.run(disconnect([id]))}
        >
          ×
        </button>
      </div>
    </EdgeLabelRenderer>
  )
}

/** The wire while it is drawn. */
export function LooseWire({ fromX, fromY, toX, toY, connectionStatus }: ConnectionLineComponentProps<DrawnNode>) {
  return (
    <path
      d={lineOf({ x: fromX, y: fromY }, { x: toX, y: toY }).path}
      className={classes['loose']}
      data-status={connectionStatus ?? undefined}
    />
  )
}
