/** The phases as coloured areas behind the cards, and what the watchers see of the bot's. */
import { useMemo } from 'react'
import { ViewportPortal } from '@xyflow/react'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { cast } from './cast.ts'
import classes from './Zones.module.css'

export function Zones() {
  const nodes = useEditor(({ document }) => document.nodes)
  const { zones, beams, watchers } = useMemo(() => cast(nodes), [nodes])
  return (
    <ViewportPortal>
      {zones.map(({ key, phase, rect, main }) => (
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
