/**
 * What a reload must not lose: the document as this tab last had it, kept on this device until the server has it. Each
 * tab keeps its own, so that two tabs on one flow do not write over one another; a tab that opens a flow also finds what
 * a tab that is gone has left. It is the person's who drew it: whoever signs in after them does not find it, and does not
 * send it as theirs. Written without waiting (localStorage), also while the page is being closed.
 */
import { isRecord, readDocument, type FlowDocument } from './document.ts'

export interface Draft {
  readonly document: FlowDocument
  /** The etag of the server's document that it began from; null: the server had none. */
  readonly base: string | null
  /** What was on its way to the server when this was kept. */
  readonly sent: readonly FlowDocument[]
}

export interface Drafts {
  /** The person's draft of a flow in this tab, else the latest that any tab left behind. What is kept next is theirs. */
  find(flowId: string): Promise<Draft | undefined>
  /** False when the device has no room: then leaving the page loses it. */
  keep(flowId: string, draft: Draft): boolean
  drop(flowId: string): void
}

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const PREFIX = 'baton.draft.'
const BEAT = 'baton.tab.'
/** Where a browser has no locks: a tab that said nothing for so long is gone; a sleeping one speaks once a minute. */
const SILENT = 150_000
const EVERY = 30_000

export interface DraftsOptions {
  readonly tab: string
  now(): number
  /** Who is at work, as `personOf` names them; null: nobody can say yet. */
  who?(): string | null
  /** The tabs that live; undefined where the browser cannot tell. */
  living?(): Promise<ReadonlySet<string> | undefined>
}

/** Drafts over the browser's storage. */
export function createDrafts(
  device: Place,
  { tab, now, who = () => null, living = async () => undefined }: DraftsOptions,
): Drafts {
  let person = ''
  const own = (flowId: string): string => `${PREFIX}${flowId}.${tab}${person === '' ? '' : `-${person}`}`
  return {
    async find(flowId) {
      // Beside the tab in a key, where it may not hold a full stop.
      person = encodeURIComponent(who() ?? '').replaceAll('.', '%2E')
      const mine = readDraft(device, own(flowId))
      if (mine) return mine
      const alive = await living()
      const left = keysOf(device, `${PREFIX}${flowId}.`).filter((key) => {
        const [other = '', ...whose] = key.slice(key.lastIndexOf('.') + 1).split('-')
        if (whose.length > 0 && whose.join('-') !== person) return false
        // What this tab kept before anybody could say whose it is.
        if (other === tab) return true
        return alive === undefined ? !isAlive(device, other, now()) : !alive.has(other)
      })
      const found = left
        .flatMap((key) => {
          const draft = readDraft(device, key)
          return draft ? [{ key, draft }] : []
        })
        .toSorted((one, other) => other.draft.at - one.draft.at)[0]
      if (!found) return undefined
      // It is this tab's from now on.
      if (attempt(() => device.setItem(own(flowId), device.getItem(found.key) ?? ''))) device.removeItem(found.key)
      return found.draft
    },
    keep: (flowId, draft) => attempt(() => device.setItem(own(flowId), JSON.stringify({ ...draft, at: now() }))),
    drop: (flowId) => void attempt(() => device.removeItem(own(flowId))),
  }
}

/**
 * Says that a tab lives, now and from time to time, until its page is left. The lock that it holds says so at once also
 * of a tab that crashed, where the browser has locks (they want a secure context).
 */
export function announceTab(device: Place, tab: string, now: () => number): void {
  void navigator.locks?.request(BEAT + tab, () => new Promise(() => {}))
  const speak = (): void => void attempt(() => device.setItem(BEAT + tab, String(now())))
  const fallSilent = (): void => void attempt(() => device.removeItem(BEAT + tab))
  speak()
  setInterval(speak, EVERY)
  window.addEventListener('pagehide', fallSilent)
  window.addEventListener('pageshow', speak)
}

/** The tabs that hold their lock; undefined where the browser has none. */
export async function livingTabs(): Promise<ReadonlySet<string> | undefined> {
  const locks = await navigator.locks?.query()
  if (locks === undefined) return undefined
  const names = [...(locks.held ?? []), ...(locks.pending ?? [])].flatMap(({ name }) => name ?? [])
  return new Set(names.filter((name) => name.startsWith(BEAT)).map((name) => name.slice(BEAT.length)))
}

/** The name of this tab: the same after a reload, another in a duplicated tab. */
export function tabName(session: Pick<Storage, 'getItem' | 'setItem'>, device: Place, now: () => number): string {
  const before = attemptValue(() => session.getItem('baton.tab'))
  // A tab of that name that still speaks is the one this was duplicated from.
  if (before !== null && !isAlive(device, before, now())) return before
  const name = crypto.getRandomValues(new Uint32Array(2)).join('')
  attempt(() => session.setItem('baton.tab', name))
  return name
}

function isAlive(device: Place, tab: string, now: number): boolean {
  const spoke = attemptValue(() => device.getItem(BEAT + tab))
  return spoke !== null && now - Number(spoke) < SILENT
}

function readDraft(device: Place, key: string): (Draft & { readonly at: number }) | undefined {
  const text = attemptValue(() => device.getItem(key))
  if (text === null) return undefined
  const json = attemptValue((): unknown => JSON.parse(text))
  const document = isRecord(json) ? readDocument(json['document']) : undefined
  if (!isRecord(json) || !document) return undefined
  const { base, at } = json
  const sent = Array.isArray(json['sent']) ? json['sent'].flatMap((each: unknown) => readDocument(each) ?? []) : []
  return { document, sent, base: typeof base === 'string' ? base : null, at: typeof at === 'number' ? at : 0 }
}

function keysOf(device: Place, prefix: string): readonly string[] {
  const keys = Array.from({ length: attemptValue(() => device.length) ?? 0 }, (_, index) => device.key(index))
  return keys
    .filter((key) => key?.startsWith(prefix) === true && !key.slice(prefix.length).includes('.'))
    .flatMap((key) => key ?? [])
}

/** A browser may forbid storage, or have no room: the page works on without. */
function attempt(act: () => void): boolean {
  return (
    attemptValue(() => {
      act()
      return true
    }) === true
  )
}

function attemptValue<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
