import type { Attachments } from '#server/runtime/runtime.ts'
import { Problem } from './problem.ts'

const MOST = 10

/**
 * The event with what is known of its files: a sender names them by id, and what they are called and how large they are
 * is what was stored. Refuses files of other conversations (422). What is no list of files is left to the schema.
 */
export async function withFiles(
  attachments: Pick<Attachments, 'find'>,
  conversation: string,
  body: unknown,
): Promise<unknown> {
  const ids = idsIn(body)
  if (ids === undefined) return body
  const found = new Map((await attachments.find(conversation, ids)).map((each) => [each.id, each]))
  const errors = ids.flatMap((id, index) =>
    found.has(id) ? [] : [{ pointer: `/attachments/${index}/id`, message: 'is no file of this conversation' }],
  )
  if (errors.length > 0) {
    const cure = `Send it first with POST /v1/conversations/${conversation}/attachments, and name the id of the answer.`
    throw new Problem('invalid', `A file is not there. ${cure}`, { errors })
  }
  return { ...(body as object), attachments: [...new Set(ids)].map((id) => found.get(id)) }
}

function idsIn(body: unknown): readonly string[] | undefined {
  if (typeof body !== 'object' || body === null || !('attachments' in body) || !Array.isArray(body.attachments))
    return undefined
  const named: readonly unknown[] = body.attachments
  const ids = named.map((each): unknown =>
    typeof each === 'object' && each !== null && 'id' in each ? each.id : undefined,
  )
  return ids.length > 0 && ids.length <= MOST && ids.every((id) => typeof id === 'string') ? ids : undefined
}
