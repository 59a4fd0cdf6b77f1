/** What the server kept of a conversation: its log, folded anew by the engine. */
import { replay, type Advance, type ConversationEvent, type Flow, type Stepped } from '#engine/index.ts'
import type { ShownEntry } from '#server/http/schemas/conversation.ts'
import type { TestServer } from '../driver/http.ts'

export interface Kept {
  readonly entries: readonly ShownEntry[]
  /** The conversation after each event of its log, as the engine makes it from the log alone. */
  readonly steps: readonly Stepped[]
  /** The snapshot as the server sends it, byte by byte; after an entry of the log, or now. */
  snapshot(at?: number): Promise<string>
}

/** Reads the whole log of a conversation and replays it on the flow and version that it ran on. */
export async function keptOf(server: TestServer, flow: Flow, { conversation }: Advance): Promise<Kept> {
  const { id, flow: ran } = conversation
  const path = `/v1/conversations/${encodeURIComponent(id)}`
  const entries = await wholeLog(server, path)
  const events = entries.flatMap(eventIn)
  return {
    entries,
    steps: events.map((_, index) => replay(flow, ran.version, events.slice(0, index + 1))),
    async snapshot(at) {
      const address = new URL(`${path}/snapshot${at === undefined ? '' : `?at=${at}`}`, server.url)
      return (await fetch(address, { headers: { Authorization: `Bearer ${server.admin.key}` } })).text()
    },
  }
}

/** Questions that were put although their answer was known before, and still is. */
export function askedThoughKnown(flow: Flow, steps: readonly Stepped[]): readonly string[] {
  const variables = new Map(flow.nodes.flatMap((node) => (node.type === 'ask' ? [[node.id, node.data.variable]] : [])))
  return steps.flatMap(({ messages, snapshot }, index) =>
    messages.flatMap(({ text, input }) => {
      const variable = variables.get(input?.node ?? '')
      const before = steps[index - 1]?.snapshot
      return variable !== undefined && isKnown(before, variable) && isKnown(snapshot, variable) ? [text] : []
    }),
  )
}

/** Small enough that a story's log takes several pages. */
const PAGE = 25

async function wholeLog(server: TestServer, path: string, after = '0'): Promise<readonly ShownEntry[]> {
  // What API.md's list of entries answers.
  const page = (await server.admin.call('GET', `${path}/log?after=${after}&limit=${PAGE}`)) as {
    readonly items: readonly ShownEntry[]
    readonly next: string | null
  }
  return page.next === null ? page.items : [...page.items, ...(await wholeLog(server, path, page.next))]
}

function eventIn(entry: ShownEntry): readonly { readonly event: ConversationEvent; readonly at: number }[] {
  return entry.kind === 'event' ? [{ event: entry.event, at: Date.parse(entry.at) }] : []
}

function isKnown(snapshot: Stepped['snapshot'] | undefined, variable: string): boolean {
  const value = snapshot?.machine.context.vars[variable]
  return value !== undefined && value !== null
}
