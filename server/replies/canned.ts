/**
 * Replies that agents keep ready: the document `canned-replies`, a list (where it is kept: `../store/documents.ts`).
 * Changes run one after the other and are decided by etag.
 */
import { z } from 'zod'
import { replyFaults } from '#engine/index.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import type { Documents } from '../store/documents.ts'
import { jsonHash } from '../store/json-hash.ts'

const text = z
  .string()
  .min(1, 'must say something')
  .max(10_000, 'must be 10000 characters at most')
  .superRefine((value, context) => {
    for (const { message } of replyFaults(value))
      context.addIssue({ code: 'custom', message: `cannot be filled in: ${message}` })
  })

/** What a reply is; its id stands beside it. */
export const cannedReply = z.strictObject({
  shortcut: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,49}$/u, 'must be a word: letters, digits, “_” and “-” (50 at most)'),
  title: z.string().min(1, 'must not be empty').max(200, 'must be 200 characters at most'),
  text,
  teams: z.array(z.string().min(1).max(100)).max(200).exactOptional(),
})
export const replyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be an id: letters, digits, “_”, “-” and “.” (100 at most)')

export type CannedReply = z.output<typeof cannedReply> & { readonly id: string }

export interface CannedReplies {
  list(): readonly CannedReply[]
  get(id: string): CannedReply | undefined
  /** Null: it must not be there yet; undefined: whatever is there. Rejects with `version-mismatch`, or `invalid`. */
  put(reply: CannedReply, ifMatch?: string | null): Promise<CannedReply>
  /** False when there was none. */
  remove(id: string, ifMatch?: string): Promise<boolean>
}

const document = z.array(cannedReply.extend({ id: replyId })).superRefine((replies, context) => {
  replies.forEach(({ id, shortcut }, index) => {
    for (const [name, value] of [
      ['id', id],
      ['shortcut', shortcut],
    ] as const)
      if (replies.findIndex((each) => each[name] === value) < index)
        context.addIssue({ code: 'custom', path: [index, name], message: `“${value}” is there twice; keep one` })
  })
})

export async function openCannedReplies(documents: Documents): Promise<CannedReplies> {
  const { current, change } = await documents.open('canned-replies', document, [])
  return {
    list: current,
    get: (id) => current().find((each) => each.id === id),
    put: (reply, ifMatch) =>
      change((replies) => {
        const before = replies.find((each) => each.id === reply.id)
        checkTag(reply.id, before, ifMatch)
        const taken = replies.find((each) => each.shortcut === reply.shortcut && each.id !== reply.id)
        if (taken)
          throw new RuntimeError(
            'invalid',
            `The shortcut “${reply.shortcut}” is that of “${taken.title}”; choose another.`,
            [{ pointer: '/shortcut', message: 'is taken' }],
          )
        const kept = before ? replies.map((each) => (each === before ? reply : each)) : [...replies, reply]
        return { value: kept, result: reply }
      }),
    remove: (id, ifMatch) =>
      change((replies) => {
        const before = replies.find((each) => each.id === id)
        if (before === undefined) return { value: replies, result: false }
        checkTag(id, before, ifMatch)
        return { value: replies.filter((each) => each.id !== id), result: true }
      }),
  }
}

export function replyTag(reply: CannedReply): string {
  return jsonHash(reply).slice(0, 22)
}

/**
 * Those that fit what somebody typed, the nearest first: by the shortcut, then by the title, then by words of both and
 * of the text. All of them for nothing typed.
 */
export function ranked(replies: readonly CannedReply[], q: string, team: string | null): readonly CannedReply[] {
  const typed = q.trim().replace(/^\//, '').toLowerCase()
  return replies
    .filter(({ teams }) => teams === undefined || teams.length === 0 || (team !== null && teams.includes(team)))
    .map((reply) => ({ reply, score: scoreOf(reply, typed) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score || one.reply.shortcut.localeCompare(other.reply.shortcut))
    .map(({ reply }) => reply)
}

function scoreOf({ shortcut, title, text: body }: CannedReply, typed: string): number {
  const [short, named] = [shortcut.toLowerCase(), title.toLowerCase()]
  if (typed === '') return 1
  if (short === typed) return 7
  if (short.startsWith(typed)) return 6
  if (named.startsWith(typed)) return 5
  if (named.split(/\s+/).some((word) => word.startsWith(typed))) return 4
  if (short.includes(typed) || named.includes(typed)) return 3
  const all = `${short} ${named} ${body.toLowerCase()}`
  return typed.split(/\s+/).every((word) => all.includes(word)) ? 2 : 0
}

function checkTag(id: string, before: CannedReply | undefined, ifMatch: string | null | undefined): void {
  if (ifMatch === undefined) return
  if (ifMatch === null ? before === undefined : before !== undefined && replyTag(before) === ifMatch) return
  const sentence = ifMatch === null ? `There is a reply “${id}” already.` : `The reply “${id}” has changed meanwhile.`
  throw new RuntimeError('version-mismatch', `${sentence} Read it again, and send the new ETag.`)
}
