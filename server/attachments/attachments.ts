/**
 * Files of conversations, kept in the database beside them.
 * 1. A file is found by its conversation and its id together: no id of another conversation opens anything.
 * 2. What a file is called is text: never a path, never a header, never a trick of writing direction.
 * 3. A picture is one by its own first bytes; what only claims to be one is bytes and nothing more.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Attachment } from '#engine/index.ts'
import type pg from 'pg'
import { keyReused, noSuchConversation } from '../runtime/refusals.ts'
import { RuntimeError, type Attachments, type NewFile } from '../runtime/runtime.ts'
import { reading } from '../runtime/write.ts'
import { fileName } from './file-name.ts'
import { fileType } from './file-type.ts'

export const LARGEST_FILE = 10_000_000
/** In one conversation. */
const MOST = { customer: 20, staff: 100 } as const

const COLUMNS = 'id, name, type, size'

export function createAttachments(pool: pg.Pool, clock: { now(): number }): Attachments {
  async function stored(
    conversation: string,
    id: string,
  ): Promise<(Attachment & { readonly hash: string }) | undefined> {
    const { rows } = await reading(() =>
      pool.query<Attachment & { readonly hash: string }>(
        `select ${COLUMNS}, hash from baton.attachments where conversation = $1 and id = $2`,
        [conversation, id],
      ),
    )
    return rows[0]
  }

  return {
    async keep(conversation, file) {
      const { name, type, bytes, sender } = file
      const attachment = {
        id: idOf(conversation, file),
        name: fileName(name),
        type: fileType(type, bytes),
        size: bytes.byteLength,
      }
      const hash = createHash('sha256').update(bytes).digest('base64url')
      const { rows } = await reading(() =>
        pool.query<{ outcome: Outcome }>(
          'select baton.keep_attachment($1, $2, $3, $4, $5, $6, $7, $8, $9) as outcome',
          [
            conversation,
            attachment.id,
            attachment.name,
            attachment.type,
            hash,
            sender,
            clock.now(),
            Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
            MOST[sender],
          ],
        ),
      )
      const outcome = rows[0]?.outcome
      switch (outcome) {
        case 'kept':
          return attachment
        case 'exists': {
          const before = await stored(conversation, attachment.id)
          if (before?.hash !== hash) throw keyReused()
          const { hash: _, ...same } = before
          return same
        }
        case 'full':
          throw new RuntimeError(
            'invalid',
            `This conversation has ${MOST[sender]} files already, and that is as many as it may have.`,
          )
        case 'closed':
          throw new RuntimeError('closed', 'The conversation is closed; start a new one to send files in.')
        case 'missing':
          throw noSuchConversation(conversation)
        case undefined:
          throw new Error('baton.keep_attachment answered nothing.')
        default:
          return outcome satisfies never
      }
    },
    async read(conversation, id) {
      const { rows } = await reading(() =>
        pool.query<Attachment & { readonly bytes: Buffer }>(
          `select ${COLUMNS}, bytes from baton.attachments where conversation = $1 and id = $2`,
          [conversation, id],
        ),
      )
      const [row] = rows
      if (!row) return undefined
      const { bytes, ...attachment } = row
      return { attachment, bytes }
    },
    async find(conversation, ids) {
      const { rows } = await reading(() =>
        pool.query<Attachment>(`select ${COLUMNS} from baton.attachments where conversation = $1 and id = any($2)`, [
          conversation,
          ids,
        ]),
      )
      return rows
    },
  }
}

type Outcome = 'kept' | 'exists' | 'full' | 'closed' | 'missing'

function idOf(conversation: string, { idempotencyKey, sender }: NewFile): string {
  if (idempotencyKey === undefined) return `f-${randomUUID()}`
  return `k-${createHash('sha256')
    .update(JSON.stringify([conversation, sender, idempotencyKey]))
    .digest('base64url')}`
}
