/**
 * What is being written, by conversation, kept on the device at every change. Laws:
 * 1. What was typed last is what is there after a reload.
 * 2. What is given back never replaces what has been typed meanwhile: it is put before it.
 * 3. The tabs of a device show the same: what one has sent does not stand in another, to be sent again.
 */
import type { Attachment } from '#ui/answers.ts'
import type { Kept } from './kept-in.ts'

export type Mode = 'reply' | 'note'

export interface Draft {
  readonly reply: string
  readonly note: string
  readonly mode: Mode
  readonly attachments: readonly Attachment[]
  /** Why the last sending came back. */
  readonly problem: string | null
}

export const noDraft: Draft = { reply: '', note: '', mode: 'reply', attachments: [], problem: null }

export type Drafts = ReturnType<typeof createDrafts>

export function createDrafts(kept: Kept, who: string) {
  const places = `draft.${who}.`
  const place = (conversation: string): string => places + conversation
  const watchers = new Set<() => void>()
  const known = new Map<string, Draft>()

  const of = (conversation: string): Draft => {
    const draft = known.get(conversation) ?? draftOf(kept.read(place(conversation)))
    known.set(conversation, draft)
    return draft
  }
  const change = (conversation: string, to: Partial<Draft>): void => {
    const draft = { ...of(conversation), ...to }
    known.set(conversation, draft)
    if (isEmpty(draft)) kept.forget(place(conversation))
    else kept.write(place(conversation), draft)
    tell()
  }
  const tell = (): void => {
    for (const watcher of watchers) watcher()
  }
  const stop = kept.onChanged((name) => {
    if (name === null) known.clear()
    else if (!name.startsWith(places) || !known.delete(name.slice(places.length))) return
    tell()
  })
  return {
    of,
    change,
    /** Puts a text that was not taken back, with the reason. */
    giveBack(
      conversation: string,
      mode: Mode,
      text: string,
      attachments: readonly Attachment[],
      problem: string,
    ): void {
      const draft = of(conversation)
      change(conversation, {
        mode,
        [mode]: draft[mode] === '' ? text : `${text}\n${draft[mode]}`,
        attachments: [...attachments, ...draft.attachments],
        problem,
      })
    },
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    /** No longer hears what other tabs write. */
    stop,
  }
}

export function isEmpty({ reply, note, attachments, problem }: Draft): boolean {
  return reply === '' && note === '' && attachments.length === 0 && problem === null
}

function draftOf(value: unknown): Draft {
  if (typeof value !== 'object' || value === null) return noDraft
  const { reply, note, mode, attachments, problem } = value as Partial<Record<keyof Draft, unknown>>
  return {
    reply: typeof reply === 'string' ? reply : '',
    note: typeof note === 'string' ? note : '',
    mode: mode === 'note' ? 'note' : 'reply',
    // Only `change` writes under these names, and writes a Draft.
    attachments: Array.isArray(attachments) ? (attachments as Attachment[]) : [],
    problem: typeof problem === 'string' ? problem : null,
  }
}
