/**
 * Keeps the open document safe. Laws: nothing that was drawn is lost by a reload, a lost connection or another person's
 * saving; nobody's saved work is written over.
 *
 *   saved    -> a change                        -> unsaved: kept on this device at once, a large flow when the keys rest
 *                                                 a moment and before the page is hidden or left; sent after a pause
 *   unsaved  -> the pause is over               -> saving
 *   saving   -> accepted                        -> saved; unsaved, when it was changed meanwhile
 *   saving   -> refused: it has faults (422)    -> unsaved: stays on this device until a change corrects them
 *   saving   -> refused: changed elsewhere (412)-> conflict: nothing is sent until a person decides
 *   saving   -> refused: deleted elsewhere (412, and nothing is there) -> conflict, of the kind `deleted`
 *   saving   -> no answer, or one that passes   -> offline: tried again, ever less often, and when the network is back
 *   conflict -> keep mine as a copy             -> mine becomes another flow; this one is theirs
 *   conflict -> take theirs                     -> unsaved or saved; mine is one undo away
 *   deleted  -> save it again                   -> saving, as a flow that the server does not have
 *   deleted  -> let it go                       -> closed, and nothing of it stays on this device
 */
import type { FlowDraft, FlowVersion, SavedFlow } from '#ui/answers.ts'
import { ApiProblem } from '#ui/request.ts'
import { words } from '../words/en.ts'
import { replaceDocument } from './commands/head.ts'
import { sameFlow } from './difference.ts'
import { readDocument, type FlowDocument } from './document.ts'
import type { Drafts } from './drafts.ts'
import type { Editor, EditorState } from './editor.ts'

export interface FlowServer {
  getFlow(id: string): Promise<FlowDraft>
  saveFlow(id: string, flow: unknown, etag: string | null): Promise<SavedFlow>
  publish(id: string, etag: string, note?: string): Promise<FlowVersion>
}

interface Parts {
  readonly editor: Editor
  readonly server: FlowServer
  readonly drafts: Drafts
}

export type SavingControl = ReturnType<typeof createSaving>

/** After the last change, in milliseconds. */
const PAUSE = 800
/**
 * A flow of so many steps at most is kept on this device with each change, so that a crash too loses nothing. A larger
 * one waits: for the last of a run of changes, and not longer than this after the first.
 */
const KEEP = { steps: 200, rest: 250, latest: 1_000 } as const
/** How many of those without an answer are remembered. */
const UNANSWERED = 2
const FIRST_RETRY = 2_000
const LONGEST_RETRY = 30_000

export function createSaving({ editor, server, drafts }: Parts) {
  /** The document as the server has it, and the etag to save over it with; null: the server has none. */
  let safe: FlowDocument | null = null
  let etag: string | null = null
  /** Of what the server has while there is a conflict: nothing is saved over it until somebody has decided. */
  let theirEtag: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | null = null
  /** What was sent and not answered: it may have arrived, and then is no other person's. */
  let sent: readonly FlowDocument[] = []
  let retry = FIRST_RETRY
  /** Counts openings: what answers to an earlier one is not for this one. */
  let turn = 0
  let keepsNothing = false
  /** What is to be kept when the keys rest: writing a large flow takes longer than a key may. */
  let unkept: { readonly flowId: string; readonly document: FlowDocument; readonly since: number } | null = null
  let keeping: ReturnType<typeof setTimeout> | undefined

  const keep = (flowId: string, document: FlowDocument): void => {
    unkept = null
    clearTimeout(keeping)
    keepsNothing = !drafts.keep(flowId, { document, base: etag, sent })
  }
  const keepSoon = (flowId: string, document: FlowDocument): void => {
    if (document.nodes.length <= KEEP.steps) return keep(flowId, document)
    unkept = { flowId, document, since: unkept?.since ?? Date.now() }
    clearTimeout(keeping)
    keeping = setTimeout(keepNow, Math.min(KEEP.rest, unkept.since + KEEP.latest - Date.now()))
  }
  function keepNow(): void {
    if (unkept !== null) keep(unkept.flowId, unkept.document)
  }
  const drop = (flowId: string): void => {
    unkept = null
    clearTimeout(keeping)
    drafts.drop(flowId)
  }
  const later = (wait: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), wait)
  }

  function changed(): void {
    const { flowId, document, opening, saving, viewing, maySave } = editor.state()
    if (flowId === null || opening !== 'open' || viewing !== null) return
    if (document === safe) {
      drop(flowId)
      if (saving === 'unsaved') editor.report({ saving: 'saved' })
      return
    }
    if (!maySave) return
    keepSoon(flowId, document)
    if (saving === 'conflict') return
    if (sending === null && saving !== 'offline') editor.report({ saving: 'unsaved' })
    if (saving !== 'offline') later(PAUSE)
  }

  /** Sends what the server does not have yet; resolves when that is done or was refused. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    // Of several who wait, one goes on: the next finds that it is sending.
    while (sending !== null) await sending
    const now = editor.state()
    const { flowId, document, saving, opening } = now
    if (flowId === null || opening !== 'open' || !maySend(now) || document === safe || saving === 'conflict') return
    const mine = turn
    editor.report({ saving: 'saving' })
    sent = [...sent.filter((each) => each !== document), document].slice(-UNANSWERED)
    keep(flowId, document)
    sending = server
      .saveFlow(flowId, document, etag)
      .then((saved) => {
        if (mine === turn) accepted(flowId, document, saved)
      })
      .catch((error: unknown) => (mine === turn ? refused(flowId, error) : undefined))
      .finally(() => {
        sending = null
      })
    await sending
  }

  /**
   * Publishes what is here, once the server has it; never what somebody else has saved since. Resolves to undefined when
   * the server does not have it: `saving` says why. Rejects with the server's refusal.
   */
  async function publish(note?: string): Promise<FlowVersion | undefined> {
    for (;;) {
      await save()
      const { flowId, saving } = editor.state()
      if (flowId === null || etag === null || saving !== 'saved') return undefined
      const mine = turn
      try {
        return await server.publish(flowId, etag, note)
      } catch (error) {
        if (mine !== turn || !(error instanceof ApiProblem && error.status === 412)) throw error
        // What is there is another's: that of here is sent once more, which asks what becomes of both.
        safe = null
      }
    }
  }

  function accepted(flowId: string, document: FlowDocument, saved: SavedFlow): void {
    ;[safe, etag, sent, retry] = [document, saved.etag, [], FIRST_RETRY]
    const now = editor.state().document
    editor.report({ saving: now === safe ? 'saved' : 'unsaved', published: saved.published })
    if (now === safe) return drop(flowId)
    keepSoon(flowId, now)
    later(PAUSE)
  }

  async function refused(flowId: string, error: unknown): Promise<void> {
    if (error instanceof ApiProblem && error.status === 412) return differ(flowId)
    if (error instanceof ApiProblem && !error.passes) {
      sent = []
      return editor.report({ saving: 'unsaved' })
    }
    editor.report({ saving: 'offline' })
    later(retry)
    retry = Math.min(LONGEST_RETRY, retry * 2)
  }

  /** The server has something else: what it has is read, and shown beside what is here. */
  async function differ(flowId: string): Promise<void> {
    const mine = turn
    const read = await server
      .getFlow(flowId)
      .catch((error: unknown) => (error instanceof ApiProblem && error.status === 404 ? 'missing' : undefined))
    if (mine !== turn) return
    if (read === 'missing') return editor.report({ saving: 'conflict', deleted: true, theirs: null, published: null })
    const theirs = read && readDocument(read.flow)
    if (read && theirs && sameFlow(theirs, editor.state().document)) return agree(flowId, read)
    if (read && theirs && sent.some((each) => sameFlow(each, theirs))) return goOn(theirs, read.etag)
    if (!read) {
      editor.report({ saving: 'offline' })
      return later(retry)
    }
    theirEtag = read.etag
    editor.report({ saving: 'conflict', theirs: theirs ?? null, published: read.published })
  }

  /** What the server has is what was sent from here before: the rest follows. */
  function goOn(arrived: FlowDocument, seen: string): void {
    ;[safe, etag, sent] = [arrived, seen, []]
    editor.report({ saving: 'unsaved' })
    later(PAUSE)
  }

  /** Both saved the same. */
  function agree(flowId: string, { etag: seen, published }: FlowDraft): void {
    ;[safe, etag, sent] = [editor.state().document, seen, []]
    drop(flowId)
    editor.report({ saving: 'saved', theirs: null, published })
  }

  async function open(flowId: string): Promise<void> {
    await save()
    keepNow()
    clearTimeout(timer)
    turn += 1
    const mine = turn
    ;[safe, etag, sent, retry, keepsNothing] = [null, null, [], FIRST_RETRY, false]
    editor.begin(flowId)
    const [read, draft] = await Promise.all([reading(server, flowId), drafts.find(flowId)])
    if (mine !== turn) return
    if (read instanceof ApiProblem) return openWithout(flowId, read, draft?.document, draft?.base ?? null)
    const theirs = readDocument(read.flow)
    if (!theirs) return editor.report({ opening: 'failed', failure: words.document.unreadable })
    ;[safe, etag, theirEtag] = [theirs, read.etag, read.etag]
    if (!draft || sameFlow(draft.document, theirs)) {
      editor.load({ flowId, document: theirs, published: read.published })
      return drop(flowId)
    }
    editor.load({ flowId, document: draft.document, published: read.published })
    if (draft.base === read.etag || draft.sent.some((each) => sameFlow(each, theirs))) return changed()
    etag = draft.base
    editor.report({ saving: 'conflict', theirs })
  }

  /** The server cannot give it: what this device kept is shown, if it kept any. */
  function openWithout(flowId: string, problem: ApiProblem, kept: FlowDocument | undefined, base: string | null): void {
    const missing = problem.status === 404
    if (!kept || (!missing && !problem.passes))
      return editor.report({
        opening: missing ? 'missing' : 'failed',
        failure: problem.detail || words.document.unreachable,
      })
    ;[safe, etag] = [null, base]
    editor.load({ flowId, document: kept, published: null })
    if (missing && base !== null) return editor.report({ saving: 'conflict', deleted: true })
    editor.report({ saving: missing ? 'unsaved' : 'offline' })
    later(missing ? PAUSE : retry)
  }

  /**
   * Saves what is here as another flow, with what is drawn meanwhile, and shows theirs; the answer is the copy's id.
   * Rejects with the server's refusal: then nothing has changed here.
   */
  async function keepMineAsCopy(copyId: string): Promise<string> {
    const { flowId } = editor.state()
    if (flowId === null) return copyId
    const mine = turn
    let copied: FlowDocument | null = null
    let copyEtag: string | null = null
    while (editor.state().document !== copied) {
      const { document }: { readonly document: FlowDocument } = editor.state()
      const copy = { ...document, id: copyId, name: words.document.copyOf(document.name) }
      const saved: SavedFlow = await server.saveFlow(copyId, copy, copyEtag)
      if (mine !== turn) return copyId
      ;[copied, copyEtag] = [document, saved.etag]
    }
    const { theirs, published } = editor.state()
    if (theirs) {
      ;[safe, etag] = [theirs, theirEtag]
      editor.load({ flowId, document: theirs, published })
    }
    editor.report({ saving: 'saved', theirs: null })
    drop(flowId)
    return copyId
  }

  /** Shows theirs in the place of what is here, which undo brings back. */
  function takeTheirs(): void {
    const { flowId, theirs } = editor.state()
    if (flowId === null || !theirs) return
    editor.report({ saving: 'saved', theirs: null })
    ;[safe, etag] = [theirs, theirEtag]
    editor.decide(replaceDocument(theirs, words.document.takeTheirs))
    safe = editor.state().document
    changed()
  }

  /** Saves what is here as a new flow of the same name, in the place of the one that was deleted. */
  function saveAgain(): Promise<void> {
    ;[safe, etag, sent] = [null, null, []]
    editor.report({ saving: 'unsaved', deleted: false })
    return save()
  }

  /** Closes what somebody else deleted, and forgets what of it is here. */
  function letGo(): void {
    const { flowId } = editor.state()
    if (flowId === null) return
    clearTimeout(timer)
    turn += 1
    drop(flowId)
    editor.close()
  }

  /** Closes what is open without sending it: who drew it is gone, and finds it on this device when they are back. */
  function abandon(): void {
    if (editor.state().flowId === null) return
    keepNow()
    clearTimeout(timer)
    turn += 1
    editor.close()
  }

  /** Closes what is open, once it is sent; a flow that is opened meanwhile stays. */
  async function close(): Promise<void> {
    const mine = turn
    await save()
    if (mine !== turn) return
    keepNow()
    clearTimeout(timer)
    turn += 1
    editor.close()
  }

  editor.store.subscribe((now, before) => {
    // What could not be sent while another thing was shown, or the key had no right to.
    if (!maySend(before) && maySend(now)) void save()
    if (now.document !== before.document && now.opening === 'open' && before.opening === 'open') changed()
  })

  return {
    open,
    save,
    publish,
    close,
    keepMineAsCopy,
    takeTheirs,
    saveAgain,
    letGo,
    abandon,
    /** Tries again at once what failed for want of a network. */
    backOnline: (): void => {
      if (editor.state().saving === 'offline') void save()
    },
    /** Keeps on this device what is not kept yet: the page may be gone in a moment. */
    leave: keepNow,
    /** Whether leaving the page now would lose something. */
    wouldLose(): boolean {
      keepNow()
      return keepsNothing && editor.state().saving !== 'saved'
    },
  }
}

/** What the server keeps, or why it gives nothing. */
async function reading(server: FlowServer, flowId: string): Promise<FlowDraft | ApiProblem> {
  try {
    return await server.getFlow(flowId)
  } catch (error) {
    if (error instanceof ApiProblem) return error
    throw error
  }
}

/** A version that is looked at is no draft. */
function maySend({ viewing, maySave }: EditorState): boolean {
  return viewing === null && maySave
}
