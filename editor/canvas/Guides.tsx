/** The lines on which a dragged card is caught. */
import { ViewportPortal } from '@xyflow/react'
import { useCanvas } from './state.ts'
import classes from './Canvas.module.css'

export function Guides() {
  const guides = useCanvas((state) => state.guides)
  return guides.length === 0 ? null : (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis} ${at}`}
          className={classes['guide']}
          data-axis={axis}
          style={
            axis === 'x'
              ? { transform: `translate(${at}px, ${from}px)`, height: to - from }
              : { transform: `translate(${from}px, ${at}px)`, width: to - from }
          }
        />
      ))}
    </ViewportPortal>
  )
}
