/**
 * The open flow: its document, its history, what is selected, what is shown beside it. Knows no server and no screen;
 * `saving.ts` keeps the document safe, `store.ts` wires both. Every change is a command; a gesture is one command, and
 * one entry of the history.
 */
import type { Fault, Problem } from '#engine/index.ts'
import { createStore } from 'zustand/vanilla'
import type { Command } from './commands/command.ts'
import { emptyDocument, type FlowDocument } from './document.ts'
import type { LongestWait } from './findings.ts'
import { back, forth, NO_HISTORY, record, type Entry, type History, type Selection } from './history.ts'

export type Saving = 'saved' | 'saving' | 'unsaved' | 'offline' | 'conflict'
export type PanelName = 'inspector' | 'simulator' | 'versions' | 'live' | 'problems'
/** `missing`: there is no such flow; `failed`: it could not be read, and `failure` says why. */
export type Opening = 'closed' | 'opening' | 'open' | 'missing' | 'failed'

export interface EditorState {
  readonly flowId: string | null
  readonly opening: Opening
  readonly failure: string | null
  readonly document: FlowDocument
  readonly selection: Selection
  readonly saving: Saving
  /** The live version; null while none was published. */
  readonly published: number | null
  /** What the server holds, while that and this document go apart. */
  readonly theirs: FlowDocument | null
  /** The server holds it no more: somebody else deleted it, and it is not decided what becomes of this document. */
  readonly deleted: boolean
  /**
   * What the check finds, and what keeps the document from being read at all; `findings.ts` looks after each change.
   */
  readonly problems: readonly Problem[]
  readonly faults: readonly Fault[]
  /** How long a customer waits at worst. */
  readonly longest: LongestWait | null
  /** The document that problems and faults speak of: older than `document` while the worker looks. */
  readonly checked: FlowDocument | null
  /** Nothing may be drawn now. */
  readonly readOnly: boolean
  /** What was drawn may be sent to the server. */
  readonly maySave: boolean
  /** The published version that is looked at in the place of the draft, for reading only. */
  readonly viewing: number | null
  readonly panel: PanelName
  readonly panelShown: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  /** The node to bring into view; `turn` counts, so that the same node can be asked for twice. */
  readonly focus: { readonly node: string; readonly turn: number } | null
}

export interface Opened {
  readonly flowId: string
  readonly document: FlowDocument
  readonly published: number | null
}

export type Editor = ReturnType<typeof createEditor>

/** A document that the check has not seen. */
const UNCHECKED = { problems: [], faults: [], longest: null, checked: null }
const NONE: Selection = { nodes: new Set(), edges: new Set() }
const CLOSED: EditorState = {
  flowId: null,
  opening: 'closed',
  failure: null,
  document: emptyDocument('closed', ''),
  selection: NONE,
  saving: 'saved',
  published: null,
  theirs: null,
  deleted: false,
  ...UNCHECKED,
  readOnly: false,
  maySave: true,
  viewing: null,
  panel: 'inspector',
  panelShown: true,
  canUndo: false,
  canRedo: false,
  undoLabel: null,
  redoLabel: null,
  focus: null,
}

/** An editor with nothing open. */
export function createEditor() {
  const store = createStore<EditorState>(() => CLOSED)
  let history: History = NO_HISTORY
  let mayDraw = true
  /** What waits behind a version that is looked at. */
  let draft: Pick<EditorState, 'document' | 'selection'> | null = null

  const go = (next: History, change: Partial<EditorState>): void => {
    history = next
    const [past, future] = [next.past?.entry.label ?? null, next.future?.entry.label ?? null]
    store.setState({ ...change, canUndo: past !== null, canRedo: future !== null, undoLabel: past, redoLabel: future })
  }
  const walk = (step: typeof back): void => {
    const { document, selection, readOnly } = store.getState()
    const found = readOnly ? undefined : step(history, { document, selection })
    if (found)
      go(found.history, {
        document: found.entry.document,
        selection: present(found.entry.selection, found.entry.document),
      })
  }

  /** What stays as it is from one flow to the next. */
  const closed = (): EditorState => {
    const { panel, panelShown, maySave } = store.getState()
    return { ...CLOSED, readOnly: !mayDraw, maySave, panel, panelShown }
  }
  const carryOut = (command: Command): boolean => {
    const { document, selection } = store.getState()
    const changed = command.apply(document)
    if (changed === document) return false
    const before: Entry = { label: command.label, document, selection }
    const selected = command.selects === undefined ? selection : { nodes: new Set(command.selects), edges: NONE.edges }
    go(record(history, before, command.burst), { document: changed, selection: present(selected, changed) })
    return true
  }

  return {
    store,
    state: (): EditorState => store.getState(),
    subscribe: store.subscribe,

    /** Carries a command out; false when nothing changed, or nothing may. */
    run: (command: Command): boolean => !store.getState().readOnly && carryOut(command),
    /** As `run`, for what was decided and not drawn: also where nothing may be drawn, as on a small screen. */
    decide: (command: Command): void => void carryOut(command),
    undo: (): void => walk(back),
    redo: (): void => walk(forth),
    /** Closes a burst: what is typed next is another entry. */
    endBurst: (): void => {
      history = { ...history, burst: null }
    },

    select(nodes: Iterable<string>, edges: Iterable<string> = []): void {
      const next = { nodes: new Set(nodes), edges: new Set(edges) }
      if (!same(next, store.getState().selection)) store.setState({ selection: next })
    },
    /** Selects a node and asks the canvas to bring it into view. */
    focusNode(id: string): void {
      const { document, focus } = store.getState()
      if (!document.nodes.some((node) => node.id === id)) return
      store.setState({
        selection: { nodes: new Set([id]), edges: NONE.edges },
        focus: { node: id, turn: (focus?.turn ?? 0) + 1 },
      })
    },
    /** Asks the canvas to bring a node into view; what is selected stays so. */
    bringIntoView(id: string): void {
      const { document, focus } = store.getState()
      if (document.nodes.some((node) => node.id === id))
        store.setState({ focus: { node: id, turn: (focus?.turn ?? 0) + 1 } })
    },
    /** Opens a panel beside the canvas. */
    show: (panel: PanelName): void => store.setState({ panel, panelShown: true }),
    hidePanel: (): void => store.setState({ panelShown: false }),
    /** What may be done here: a small screen only keeps from drawing. */
    allow({ drawing, saving }: { readonly drawing: boolean; readonly saving: boolean }): void {
      mayDraw = drawing
      store.setState(({ viewing }) => ({ readOnly: !drawing || viewing !== null, maySave: saving }))
    },
    /** Shows a published version in the place of the draft, for reading only; the draft waits, with its history. */
    viewVersion(version: number, published: FlowDocument): void {
      const { document, selection } = store.getState()
      draft ??= { document, selection }
      store.setState({ document: published, viewing: version, readOnly: true, selection: NONE, ...UNCHECKED })
    },
    /** Shows the draft again. */
    leaveVersion(): void {
      if (draft === null) return
      store.setState({ ...draft, viewing: null, readOnly: !mayDraw, ...UNCHECKED })
      draft = null
    },
    /** What `saving.ts` and the worker have to say. */
    report: (
      change: Partial<
        Pick<
          EditorState,
          | 'saving'
          | 'published'
          | 'theirs'
          | 'deleted'
          | 'problems'
          | 'faults'
          | 'longest'
          | 'checked'
          | 'opening'
          | 'failure'
        >
      >,
    ): void => store.setState(change),

    begin: (flowId: string): void => {
      draft = null
      go(NO_HISTORY, { ...closed(), flowId, opening: 'opening' })
    },
    /** Shows what was read; its history begins here. */
    load: ({ flowId, document, published }: Opened): void => {
      go(NO_HISTORY, {
        flowId,
        document,
        published,
        opening: 'open',
        failure: null,
        selection: NONE,
        theirs: null,
        deleted: false,
        ...UNCHECKED,
        focus: null,
      })
    },
    close: (): void => {
      draft = null
      go(NO_HISTORY, closed())
    },
  }
}

/** What of a selection is still there. */
function present(selection: Selection, document: FlowDocument): Selection {
  if (selection.nodes.size === 0 && selection.edges.size === 0) return selection
  const next = { nodes: among(selection.nodes, document.nodes), edges: among(selection.edges, document.edges) }
  return same(next, selection) ? selection : next
}

function among(ids: ReadonlySet<string>, rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  if (ids.size === 0) return ids
  return new Set(rows.flatMap(({ id }) => (ids.has(id) ? [id] : [])))
}

function same(one: Selection, other: Selection): boolean {
  return equal(one.nodes, other.nodes) && equal(one.edges, other.edges)
}

function equal(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id))
}
