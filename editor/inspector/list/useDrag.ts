import { useEffect, useRef, useState, type CSSProperties, type PointerEvent as Pressed, type RefObject } from 'react'
import { dropPlace } from './order.ts'

interface Dragging {
  readonly from: number
  readonly to: number
  /** How far the row was pulled, in pixels. */
  readonly by: number
  /** The room the dragged row leaves. */
  readonly room: number
}

/** Dragging a row of a list by its handle; `move` is called once, where it is let go. Escape takes it back. */
export function useDrag(list: RefObject<HTMLElement | null>, move: (from: number, to: number) => void) {
  const [dragging, setDragging] = useState<Dragging | null>(null)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  const begin = (event: Pressed<HTMLElement>, from: number): void => {
    if (event.button !== 0 || list.current === null) return
    const boxes = [...list.current.children].map((row) => row.getBoundingClientRect())
    const own = boxes[from]
    if (own === undefined) return
    event.preventDefault()
    event.currentTarget.focus()
    const middles = boxes.map((box) => box.top + box.height / 2)
    const begun = event.clientY
    let now: Dragging = { from, to: from, by: 0, room: own.height }
    const end = (drop: boolean): void => {
      stop.current?.()
      setDragging(null)
      if (drop && now.to !== from) move(from, now.to)
    }
    const follow = (moving: PointerEvent): void => {
      const by = moving.clientY - begun
      now = { ...now, by, to: dropPlace(middles, from, (middles[from] ?? 0) + by) }
      setDragging(now)
    }
    const release = (): void => end(true)
    const escape = (pressed: KeyboardEvent): void => {
      if (pressed.key === 'Escape') end(false)
    }
    const cancel = (): void => end(false)
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', release)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', escape)
    stop.current = () => {
      window.removeEventListener('pointermove', follow)
      window.removeEventListener('pointerup', release)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', escape)
      stop.current = null
    }
    setDragging(now)
  }

  const styleOf = (index: number): CSSProperties => {
    if (dragging === null) return {}
    const { from, to, by, room } = dragging
    if (index === from) return { transform: `translateY(${by}px)` }
    const gives = index > from && index <= to ? -room : index < from && index >= to ? room : 0
    return gives === 0 ? {} : { transform: `translateY(${gives}px)` }
  }
  return { from: dragging?.from ?? null, begin, styleOf }
}
