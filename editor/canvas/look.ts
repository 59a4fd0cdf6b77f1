/** Where a flow is first looked at, and where it was left: kept for as long as the tab lives. */
import type { ReactFlowInstance } from '@xyflow/react'
import { useOnViewportChange, useStore } from '@xyflow/react'
import { useLayoutEffect, useState } from 'react'
import { editor, useEditor } from '../document/store.ts'
import { firstLook, type Look } from './model/look.ts'
import { rectsOf } from './model/place.ts'
import type { DrawnNode, WireEdge } from './model/scene.ts'

/** Looks at each flow that is opened, once the canvas has its size. Until then it says no, and nothing need be drawn. */
export function useLook(flow: ReactFlowInstance<DrawnNode, WireEdge>): boolean {
  const flowId = useEditor((state) => (state.opening === 'open' ? state.flowId : null))
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const [looked, setLooked] = useState<string | null>(null)
  // Before anything is painted: at no other place is the flow seen first.
  useLayoutEffect(() => {
    if (flowId === null || width === 0 || looked === flowId) return
    setLooked(flowId)
    const { document } = editor.state()
    const start = document.nodes.find((node) => node.type === 'start')?.position ?? { x: 0, y: 0 }
    void flow.setViewport(left(flowId) ?? firstLook(rectsOf(document), start, { width, height }))
  }, [flow, flowId, width, height, looked])
  useOnViewportChange({
    onEnd: (look) => {
      if (looked !== null && looked === flowId) leave(looked, look)
    },
  })
  return looked !== null && looked === flowId
}

function left(flowId: string): Look | undefined {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(placeOf(flowId)) ?? 'null')
    return isLook(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

function leave(flowId: string, look: Look): void {
  try {
    window.sessionStorage.setItem(placeOf(flowId), JSON.stringify(look))
  } catch {
    // A tab that may keep nothing looks at the whole flow again.
  }
}

function placeOf(flowId: string): string {
  return `baton.look.${flowId}`
}

function isLook(value: unknown): value is Look {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['x', 'y', 'zoom'].every((key) => Number.isFinite(Reflect.get(value, key)))
  )
}
