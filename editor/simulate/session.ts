/**
 * The one run beside the canvas. It lives outside of the panel, so that it goes on while the designer looks at another
 * one, and it follows the open flow: a change plays it again, another flow ends it.
 */
import { useEffect } from 'react'
import { createActor } from 'xstate'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { FlowDocument } from '../document/document.ts'
import { marks } from '../document/marks.ts'
import { editor } from '../document/store.ts'
import { lastStep, runLogic, type Run, type RunActor, type RunEvent } from './run/run.ts'
import { trailOf } from './run/trail.ts'

interface Session {
  readonly flowId: string
  readonly actor: RunActor
  readonly end: () => void
}

/** The pages of the panel. */
export type SimulatorPage = 'chat' | 'inside' | 'setting' | 'scenarios'

/** What of the page of scenarios somebody wants to use next: their name's field, a file, a text of theirs, or what is asked of them. */
type Asked = 'name' | 'file' | 'paste' | 'covered' | 'tests' | 'mistakes'

interface Shown {
  readonly session: Session | null
  readonly page: SimulatorPage
  readonly asked: Asked | null
}

const store = createStore<Shown>(() => ({ session: null, page: 'chat', asked: null }))

/** Typing in a form changes the flow with every key; the run waits for this pause. */
const PAUSE = 150

/** Begins a run of the open flow, unless one runs already. */
export function beginSession(): void {
  const { flowId, document, opening } = editor.state()
  if (opening !== 'open' || flowId === null || store.getState().session?.flowId === flowId) return
  endSession()
  const actor = createActor(runLogic, { input: { flow: playable(document), options: {} } })
  let stood: string | undefined
  // The canvas follows the conversation; when only the drawing changed, it stays where the designer put it.
  const paint = (): void => {
    const stands = painted(actor.getSnapshot().context)
    if (stands !== undefined && stands !== stood) editor.bringIntoView(stands)
    stood = stands
  }
  const painting = actor.subscribe(paint)
  const unfollow = following(flowId, actor)
  actor.start()
  paint()
  store.setState({
    session: {
      flowId,
      actor,
      end: () => {
        unfollow()
        painting.unsubscribe()
        actor.stop()
        marks.set('simulation', null)
      },
    },
  })
}

/** Ends the run and takes its light off the canvas. */
export function endSession(): void {
  store.getState().session?.end()
  store.setState({ session: null, page: 'chat', asked: null })
}

/** The actor of the run that goes on; null when none does. */
export function useRunActor(): RunActor | null {
  return useStore(store, ({ session }) => session?.actor ?? null)
}

/** Tells the run that goes on, if one does: for who is no component. */
export function tellRun(event: RunEvent): void {
  store.getState().session?.actor.send(event)
}

/** Shows a step earlier or later in the run that goes on. */
export function showStep(by: number): void {
  const actor = store.getState().session?.actor
  if (actor === undefined) return
  const { shown, simulation } = actor.getSnapshot().context
  actor.send({ type: 'show', step: Math.min(shown + by, lastStep(simulation)) })
}

export function showPage(page: SimulatorPage): void {
  beginSession()
  store.setState({ page })
}

export function usePage(): SimulatorPage {
  return useStore(store, ({ page }) => page)
}

/** Brings somebody to what they want to use on the page of scenarios, which answers when it is there. */
export function askFor(asked: Asked): void {
  showPage('scenarios')
  store.setState({ asked })
}

export function useAsked(wanted: Asked): boolean {
  return useStore(store, ({ asked }) => asked === wanted)
}

/** Does what was asked for, once, when the place that can is there. */
export function useAnswered(wanted: Asked, answer: () => void): void {
  const isAsked = useAsked(wanted)
  useEffect(() => {
    if (!isAsked) return
    answered()
    answer()
    // What is answered is the asking; a later answer is no reason to answer again.
  }, [isAsked])
}

export function answered(): void {
  store.setState({ asked: null })
}

/** Paints the run on the canvas; the answer is where it stands. */
function painted({ simulation, shown }: Run): string | undefined {
  if (simulation === null) {
    marks.set('simulation', null)
    return undefined
  }
  const passed = simulation.steps.slice(0, shown + 1).map(({ snapshot: { state }, ways }) => ({ state, ways }))
  const { active, nodes, edges } = trailOf(simulation.flow, passed)
  marks.set('simulation', { active, litNodes: nodes, litEdges: new Set(edges.keys()) })
  return active
}

function following(flowId: string, actor: RunActor): () => void {
  let played = editor.state().document
  let pause: ReturnType<typeof setTimeout> | undefined
  const unsubscribe = editor.subscribe((state, before) => {
    if (state.flowId !== flowId) return endSession()
    if (state.document === before.document) return
    clearTimeout(pause)
    pause = setTimeout(() => {
      if (playsAlike(played, state.document)) return
      played = state.document
      actor.send({ type: 'flow.changed', flow: playable(played) })
    }, PAUSE)
  })
  return () => {
    clearTimeout(pause)
    unsubscribe()
  }
}

/** Notes and groups are for those who draw; nothing runs them. */
function playable({ notes: _, groups: __, ...flow }: FlowDocument): object {
  return flow
}

/** Whether two documents run alike: a card that was moved, a note or a group is nothing to a conversation. */
function playsAlike(one: FlowDocument, other: FlowDocument): boolean {
  const isSameHead =
    one.language === other.language && one.timezone === other.timezone && one.variables === other.variables
  return (
    isSameHead &&
    one.edges === other.edges &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, index) => {
      const there = other.nodes[index]
      return (
        node === there ||
        (there !== undefined && node.id === there.id && node.type === there.type && node.data === there.data)
      )
    })
  )
}
