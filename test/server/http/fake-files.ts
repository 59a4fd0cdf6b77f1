import type { Attachment } from '#engine/index.ts'
import type { Attachments, Mails } from '#server/runtime/runtime.ts'

/** Files in memory, behind the real port. */
export function fakeFiles(): Attachments {
  const kept = new Map<string, { readonly attachment: Attachment; readonly bytes: Uint8Array }>()
  return {
    async keep(conversation, { name, type, bytes }) {
      const attachment = { id: `f${kept.size + 1}`, name, type, size: bytes.byteLength }
      kept.set(`${conversation} ${attachment.id}`, { attachment, bytes })
      return attachment
    },
    read: async (conversation, id) => kept.get(`${conversation} ${id}`),
    find: async (conversation, ids) => ids.flatMap((id) => kept.get(`${conversation} ${id}`)?.attachment ?? []),
  }
}

/** A server without SMTP_URL. */
export function fakeMails(): Mails {
  return { configured: false, queue: async () => 'queued' }
}
