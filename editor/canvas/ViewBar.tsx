/** Zoom, the whole flow, tidy, the map: what the mouse finds at the foot of the canvas, and keys do as well. */
import { useStore } from '@xyflow/react'
import { Icon, type IconName } from '#ui/icon.tsx'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { canvas, useCanvas } from './state.ts'
import { tidyNow } from './tidy/perform.ts'
import { view } from './view.ts'
import classes from './Canvas.module.css'

export function ViewBar() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  const readOnly = useEditor((state) => state.readOnly)
  const mapShown = useCanvas((state) => state.mapShown)
  const { zoomIn, zoomOut, fit, tidy, mapHide, mapShow, actualSize, percent } = words.canvas.view
  return (
    <div className={classes['bar']} role="toolbar" aria-label={words.canvas.view.title}>
      <Tool icon="minus" label={zoomOut} perform={view.zoomOut} />
      <button
        type="button"
        className={classes['percent']}
        aria-label={`${percent(zoom / 100)}, ${actualSize}`}
        title={actualSize}
        onClick={() => view.zoomTo(1)}
      >
        {percent(zoom / 100)}
      </button>
      <Tool icon="plus" label={zoomIn} perform={view.zoomIn} />
      <Tool icon="fit" label={fit} perform={view.fit} />
      {!readOnly && <Tool icon="tidy" label={tidy} perform={() => void tidyNow()} />}
      <Tool icon="map" label={mapShown ? mapHide : mapShow} perform={() => canvas.setState({ mapShown: !mapShown })} />
    </div>
  )
}

function Tool({
  icon,
  label,
  perform,
}: {
  readonly icon: IconName
  readonly label: string
  readonly perform: () => void
}) {
  return (
    <button type="button" className={classes['tool']} aria-label={label} title={label} onClick={perform}>
      <Icon name={icon} size={16} />
    </button>
  )
}
