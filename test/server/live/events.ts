/** Server-sent events of a path, gathered as they come. */
import type { Caller } from '#test/driver/server.ts'

export interface SeenEvent {
  readonly id: string | undefined
  readonly event: string
  readonly data: unknown
}

export interface Following {
  readonly seen: readonly SeenEvent[]
  /** Those of one name, in order. */
  of(event: string): readonly SeenEvent[]
  /** The id of the last entry of the log. */
  lastId(): string | undefined
  close(): Promise<void>
}

export async function followed(caller: Caller, path: string): Promise<Following> {
  const gone = new AbortController()
  const seen: SeenEvent[] = []
  const stream = await caller.listen(path, gone.signal)
  const reading = (async () => {
    let text = ''
    for await (const chunk of stream) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const part = text.slice(0, end)
        text = text.slice(end + 2)
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
        const event = field('event')
        if (event !== undefined) seen.push({ id: field('id'), event, data: JSON.parse(field('data') ?? 'null') })
      }
    }
  })().catch((error: unknown) => {
    if (!gone.signal.aborted) throw error
  })
  return {
    seen,
    of: (event) => seen.filter((each) => each.event === event),
    lastId: () => seen.findLast((each) => each.id !== undefined)?.id,
    close() {
      gone.abort()
      return reading
    },
  }
}
