/** The flow in a corner: drawn once for a document; only the frame of what is seen moves. */
import { useEffect, useEffectEvent, useRef, type PointerEvent } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { useStoreApi } from '@xyflow/react'
import { view } from '../view.ts'
import { coloursOf, paint, type Lens } from './paint.ts'
import type { Picture } from './picture.ts'
import classes from './Overview.module.css'

const SIZE = { width: 200, height: 120 } as const
const MARGIN = 8
/** What changes with each key is drawn when the keys rest; in milliseconds. */
const REST = 150

export function Minimap({ picture }: { readonly picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme()
  const flow = useStoreApi()
  const lens = lensOf(picture)

  const painted = useRef(false)
  const draw = useEffectEvent(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    painted.current = true
    const density = Math.min(window.devicePixelRatio, 2)
    element.width = SIZE.width * density
    element.height = SIZE.height * density
    context.setTransform(density, 0, 0, density, 0, 0)
    context.clearRect(0, 0, SIZE.width, SIZE.height)
    const bare = { ...picture, threads: () => [], zones: picture.zones.map((zone) => ({ ...zone, key: zone.phase })) }
    paint(context, bare, lens, picture.bounds, coloursOf(element.parentElement ?? document.body), plain)
  })
  useEffect(() => {
    const rested = setTimeout(draw, painted.current ? REST : 0)
    return () => clearTimeout(rested)
  }, [picture, scheme])

  useEffect(() => {
    const follow = (): void => {
      const {
        transform: [x, y, zoom],
        width,
        height,
      } = flow.getState()
      const style = frame.current?.style
      if (style === undefined) return
      style.transform = `translate(${(-x / zoom) * lens.zoom + lens.x}px, ${(-y / zoom) * lens.zoom + lens.y}px)`
      style.width = `${(width / zoom) * lens.zoom}px`
      style.height = `${(height / zoom) * lens.zoom}px`
    }
    follow()
    return flow.subscribe(follow)
  }, [flow, lens.x, lens.y, lens.zoom])

  const go = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    view.centreOn({ x: (event.clientX - left - lens.x) / lens.zoom, y: (event.clientY - top - lens.y) / lens.zoom })
  }
  // The keyboard has Find, the arrow keys and “show the whole flow” for what the map does.
  return (
    <div className={classes['map']} aria-hidden onPointerDown={go} onPointerMove={go}>
      <canvas ref={canvas} style={SIZE} />
      <div ref={frame} className={classes['seen']} />
    </div>
  )
}

const plain = {
  selected: new Set<string>(),
  paint: () => '',
  lit: () => false,
  steps: () => undefined,
  trouble: () => undefined,
}

function lensOf({ bounds }: Picture): Lens {
  const zoom = Math.min((SIZE.width - 2 * MARGIN) / bounds.width, (SIZE.height - 2 * MARGIN) / bounds.height, 0.3)
  return {
    zoom,
    x: SIZE.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: SIZE.height / 2 - (bounds.y + bounds.height / 2) * zoom,
  }
}
