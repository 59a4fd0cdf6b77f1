/**
 * What only the canvas needs to know: where the keyboard is, which menu is open, what is dragged or connected just now.
 * Nothing here is saved or undone.
 */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Way } from './model/fit.ts'
import type { Guide } from './model/guides.ts'
import type { Moved } from './model/scene.ts'
import type { Point } from './model/parts.ts'

/** The menu of what comes next. `at`: where it opens on the screen; `place`: where on the canvas a new card goes. */
export interface Adding {
  readonly at: Point
  readonly place?: Point
  readonly after?: Way
  readonly onEdge?: string
}

export interface CanvasState {
  /** The card the keyboard stands on. */
  readonly cursor: string | null
  readonly adding: Adding | null
  readonly finding: boolean
  readonly connecting: Way | null
  readonly hovered: string | null
  readonly moved: Moved
  readonly guides: readonly Guide[]
  readonly notes: ReadonlySet<string>
  readonly mapShown: boolean
  readonly paletteShown: boolean
  /** What a screen reader is told. */
  readonly said: string
}

export const canvas = createStore<CanvasState>(() => ({
  cursor: null,
  adding: null,
  finding: false,
  connecting: null,
  hovered: null,
  moved: new Map(),
  guides: [],
  notes: new Set(),
  mapShown: true,
  paletteShown: true,
  said: '',
}))

/** Tells a screen reader; the same words twice are two messages. */
export function say(words: string): void {
  canvas.setState(({ said }) => ({ said: said === words ? `${words}\u00a0` : words }))
}

/** What a component needs of the canvas' state; it renders again only when that changes. */
export function useCanvas<Part>(select: (state: CanvasState) => Part): Part {
  return useStore(canvas, select)
}
