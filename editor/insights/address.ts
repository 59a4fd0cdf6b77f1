/**
 * A conversation, and an entry of its log, as the part of an address after `#`: `#conversation/<id>/<seq>`; without a
 * seq it is the conversation as it goes on.
 */
export interface Opened {
  readonly id: string
  readonly seq: number | null
}

const ADDRESS = /^#conversation\/([^/]+)(?:\/(\d{1,9}))?$/

/** What an address opens; undefined for one that speaks of something else. */
export function openedIn(hash: string): Opened | null | undefined {
  if (hash === '' || hash === '#') return null
  const [, id, seq] = ADDRESS.exec(hash) ?? []
  const read = id === undefined ? undefined : decoded(id)
  return read === undefined ? undefined : { id: read, seq: seq === undefined ? null : Number(seq) }
}

/** The address of a conversation, after the path of its flow. */
export function addressOf({ id, seq }: Opened): string {
  return `#conversation/${encodeURIComponent(id)}${seq === null ? '' : `/${seq}`}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
