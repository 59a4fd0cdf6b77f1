/** The whole flow on one 2D canvas, below the zoom at which cards can be read. */
import { useEffect, useRef } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { useStoreApi } from '@xyflow/react'
import { isEdgeLit, paintOfNode, troublesOf } from '../card/marked.ts'
import { marks } from '../../document/marks.ts'
import { editor, useEditor } from '../../document/store.ts'
import { padded } from '../model/parts.ts'
import { createFilm, type Film } from './film.ts'
import { coloursOf, paint, type Colours, type Emphasis } from './paint.ts'
import type { Picture } from './picture.ts'
import classes from './Overview.module.css'

/** What is drawn anew with each key waits until the keys rest; in milliseconds. */
const REST = 100
/** How far zones and wires reach around the cards. */
const BEYOND = 120

export function Overview({ picture }: { readonly picture: Picture }) {
  const element = useRef<HTMLCanvasElement>(null)
  const film = useRef<Film>(undefined)
  const colours = useRef<Colours>(undefined)
  const latest = useRef(picture)
  const flow = useStoreApi()
  const scheme = useComputedColorScheme()
  const selection = useEditor((state) => state.selection)
  const problems = useEditor((state) => state.problems)

  useEffect(() => {
    const canvas = element.current
    if (canvas === null) return
    const size = (): { width: number; height: number } => ({
      width: flow.getState().width,
      height: flow.getState().height,
    })
    const made = createFilm(canvas, size, (context, lens, area) => {
      colours.current ??= coloursOf(canvas.parentElement ?? document.body)
      paint(context, latest.current, lens, area, colours.current, emphasisNow())
      return padded(latest.current.bounds, BEYOND)
    })
    film.current = made
    const follow = ({ transform: [x, y, zoom] }: { readonly transform: readonly [number, number, number] }): void =>
      made.move({ x, y, zoom })
    follow(flow.getState())
    const unfollow = flow.subscribe(follow)
    const unmark = marks.subscribe(() => made.redraw())
    return () => {
      unfollow()
      unmark()
      made.stop()
    }
  }, [flow])
  useEffect(() => {
    colours.current = undefined
    film.current?.redraw()
  }, [scheme, selection, problems])
  useEffect(() => {
    latest.current = picture
    const rested = setTimeout(() => film.current?.redraw(), REST)
    return () => clearTimeout(rested)
  }, [picture])

  return <canvas ref={element} className={classes['overview']} aria-hidden />
}

function emphasisNow(): Emphasis {
  const { selection, problems, faults } = editor.state()
  const painted = marks.state()
  const troubles = troublesOf(problems, faults)
  return {
    selected: selection.nodes,
    paint: (node) => paintOfNode(painted, node),
    lit: (edge) => isEdgeLit(painted, edge),
    steps: (edge) => painted.way?.edgeSteps?.[edge],
    trouble: (node) => troubles.get(node)?.severity,
  }
}
