/** The phases as coloured areas behind the cards, and what the watchers see of the bot's. */
import { useDeferredValue, useMemo } from 'react'
import { ViewportPortal } from '@xyflow/react'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { overlap, type Rect } from '../model/parts.ts'
import { cast } from './cast.ts'
import classes from './Zones.module.css'

/** Those that reach into the part of the canvas that is drawn. */
export function Zones({ area }: { readonly area: Rect | undefined }) {
  const nodes = useDeferredValue(useEditor(({ document }) => document.nodes))
  const { zones, beams, watchers } = useMemo(() => cast(nodes), [nodes])
  const near = useMemo(
    () => (area === undefined ? zones : zones.filter(({ rect }) => overlap(rect, area))),
    [zones, area],
  )
  return (
    <ViewportPortal>
      {near.map(({ key, phase, rect, main }) => (
        <div
          key={key}
          className={classes['zone']}
          data-phase={phase}
          data-watched={(phase === 'bot' && watchers > 0) || undefined}
          style={{ transform: `translate(${rect.x}px, ${rect.y}px)`, width: rect.width, height: rect.height }}
        >
          {main && (
            <span className={classes['name']}>
              {words.canvas.zone(words.canvas.phases[phase], phase === 'bot' ? watchers : 0)}
            </span>
          )}
        </div>
      ))}
      <svg className={classes['beams']} aria-hidden>
        {beams.map(({ key, path }) => (
          <path key={key} d={path} />
        ))}
      </svg>
    </ViewportPortal>
  )
}
