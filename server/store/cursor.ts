/** Cursors of lists: where a page ended, as its caller sends it back for the next. Nobody need be believed about one. */

export interface Place {
  /** What the list is ordered by: an instant, say. */
  readonly at: number
  /** Which of those that have the same. */
  readonly id: string
  /** How many the whole list has, as it was counted for the first page. */
  readonly total?: number | undefined
}

export function writeCursor({ at, id, total }: Place): string {
  return Buffer.from(JSON.stringify(total === undefined ? [at, id] : [at, id, total])).toString('base64url')
}

/** Undefined for a text that is no cursor. */
export function readCursor(cursor: string): Place | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(read)) return undefined
    const [at, id, total]: readonly unknown[] = read
    const isPlace = isWhole(at) && typeof id === 'string' && NO_CONTROLS.test(id)
    return isPlace && (total === undefined || (isWhole(total) && total >= 0)) ? { at, id, total } : undefined
  } catch {
    return undefined
  }
}

/** PostgreSQL takes no text with a zero in it. */
const NO_CONTROLS = /^[^\u0000-\u001f\u007f]*$/

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
