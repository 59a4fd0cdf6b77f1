import type {
  Advance,
  ConversationView,
  HandoffPackage,
  LogEntry,
  Message,
  OutsideEvent,
  Snapshot,
} from '#engine/index.ts'
import type { WhyThen } from '#server/runtime/past.ts'
import type { DeskConversation } from '#server/runtime/desk-conversation.ts'
import {
  RuntimeError,
  type AcceptOptions,
  type Conversations,
  type FeedEntry,
  type ListQuery,
  type Open,
  type Seen,
  type StartOptions,
  type Typing,
} from '#server/runtime/runtime.ts'

interface Kept {
  view: ConversationView
  readonly log: LogEntry[]
}

/**
 * Conversations in memory, behind the real port: every customer's message is answered by an echo. Tests look at what
 * the routes passed on (`started`, `accepted`), change a view (`set`) and make the next call fail (`failWith`).
 */
export function fakeConversations(now: () => number) {
  const kept = new Map<string, Kept>()
  const accepted: { id: string; event: OutsideEvent; options: AcceptOptions | undefined }[] = []
  const started: { open: Open; options: StartOptions | undefined }[] = []
  const watchers = new Set<() => void>()
  const typists = new Set<(typing: Typing) => void>()
  let failure: Error | undefined
  let made = 0

  const existing = (id: string): Kept => {
    if (failure) throw take()
    const found = kept.get(id)
    if (!found) throw new RuntimeError('not-found', `There is no conversation “${id}”. Check the id.`)
    return found
  }
  const take = (): Error => {
    const error = failure ?? new Error('no failure was set')
    failure = undefined
    return error
  }
  const tellAll = (): void => {
    for (const wake of [...watchers]) wake()
  }
  const advanceOf = ({ view, log }: Kept, from: number): Advance => ({
    conversation: view,
    messages: log
      .slice(from)
      .flatMap((entry) => (entry.kind === 'message' && entry.from !== 'customer' ? [shown(entry)] : [])),
    botMayReply: view.owner === 'bot',
  })

  async function* entries(id: string, after: number, signal: AbortSignal): AsyncIterable<FeedEntry> {
    let seen = after
    while (!signal.aborted) {
      for (const entry of existing(id).log.filter(({ seq }) => seq > seen)) {
        seen = entry.seq
        yield { conversation: id, seq: entry.seq, entry }
      }
      await changed(signal)
    }
  }
  async function* seen(id: string, after: number, signal: AbortSignal): AsyncIterable<Seen> {
    let last = after
    let typed: Typing[] = []
    const hear = (typing: Typing): void => {
      if (typing.conversation === id) typed.push(typing)
    }
    typists.add(hear)
    try {
      while (!signal.aborted) {
        const { view } = existing(id)
        yield { view }
        for (const entry of existing(id).log.filter(({ seq }) => seq > last)) {
          last = entry.seq
          yield { conversation: id, seq: entry.seq, entry }
        }
        for (const typing of typed.splice(0)) yield { typing }
        typed = []
        // What happened while it was read has woken nobody.
        if (existing(id).view === view) await changed(signal)
      }
    } finally {
      typists.delete(hear)
    }
  }
  async function* hints(signal: AbortSignal): AsyncIterable<{ conversation: string; seq: number }> {
    const seen = new Map([...kept].map(([id, { view }]) => [id, view.version]))
    while (!signal.aborted) {
      for (const [id, { view, log }] of kept) {
        if (seen.get(id) === view.version) continue
        seen.set(id, view.version)
        yield { conversation: id, seq: log.length }
      }
      await changed(signal)
    }
  }
  const changed = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        watchers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      watchers.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted) wake()
    })

  const port: Conversations = {
    async start(open: Open, options) {
      const { flow, id = `c${++made}`, language: _, ...rest } = open
      started.push({ open, options })
      if (failure) throw take()
      if (kept.has(id)) throw new RuntimeError('exists', `There is a conversation “${id}” already. Choose another id.`)
      const view: ConversationView = {
        id,
        flow: { id: flow, version: 1 },
        phase: 'bot',
        state: 'bot.listen',
        owner: 'bot',
        version: 1,
        expects: ['customer.message', 'bot.message', 'bot.done'],
      }
      const opening = { id, flow, ...rest }
      const conversation: Kept = {
        view,
        log: [
          { seq: 1, at: now(), kind: 'event', event: { type: 'customer.returned' } },
          { seq: 2, at: now(), kind: 'note', agent: null, text: `opened with ${JSON.stringify(opening)}` },
          { seq: 3, at: now(), kind: 'message', from: 'bot', text: 'Hello!' },
        ],
      }
      kept.set(id, conversation)
      tellAll()
      return advanceOf(conversation, 0)
    },
    async accept(id, event, options) {
      const conversation = existing(id)
      accepted.push({ id, event, options })
      const from = conversation.log.length
      const add = (entry: WithoutPlace<LogEntry>): void => {
        // The place completes the entry: every kind has exactly these two besides its own.
        conversation.log.push({ ...entry, seq: conversation.log.length + 1, at: now() } as LogEntry)
      }
      add({ kind: 'event', event })
      if (event.type === 'customer.message') {
        add({ kind: 'message', from: 'customer', text: event.text })
        add({ kind: 'message', from: 'bot', text: `You said: ${event.text}` })
        add({
          kind: 'effect',
          effect: { id: `${id}:1:0`, type: 'bot.turn', bot: 'general', node: 'listen', text: event.text },
        })
      }
      if (event.type === 'agent.note') add({ kind: 'note', agent: 'anna', text: event.text })
      conversation.view = { ...conversation.view, version: conversation.view.version + 1 }
      tellAll()
      return advanceOf(conversation, from)
    },
    async tell() {
      return undefined
    },
    async view(id) {
      return existing(id).view
    },
    async transcript(id) {
      return existing(id).log.flatMap((entry): Message[] => {
        if (entry.kind !== 'message') return []
        const { kind: _, ...message } = entry
        return [message]
      })
    },
    async handoff(id) {
      // The routes pass on the rest unread; a real one is the engine's business.
      return {
        transcript: await port.transcript(id),
        summary: 'asks for help',
        intents: [],
        sentiment: [],
        attempted: [{ what: 'rephrase', result: 'poor', at: now() }],
      } as unknown as HandoffPackage
    },
    async log(id, after = 0, limit = 1_000) {
      return existing(id)
        .log.filter(({ seq }) => seq > after)
        .slice(0, limit)
    },
    async routing(id) {
      existing(id)
      const agent = { id: 'anna', name: 'Anna' }
      return {
        decisions: [
          { at: new Date(now()).toISOString(), agent, reason: 'Anna: 0 of 3 chats', skipped: [], outcome: 'open' },
        ],
        now: null,
      }
    },
    async snapshot(id, at) {
      const { view } = existing(id)
      // As above: passed on unread.
      return {
        engine: 1,
        conversation: id,
        version: view.version,
        seq: at ?? existing(id).log.length,
      } as unknown as Snapshot
    },
    async snapshotText(id, at) {
      return { text: JSON.stringify(await port.snapshot(id, at)), seq: at ?? existing(id).log.length }
    },
    async why(id, at = 1) {
      existing(id)
      // As above.
      return { seq: at, at: now(), version: 1, sentence: 'No trigger fired.' } as unknown as WhyThen
    },
    async list({ phase, agent, limit = 50 }: ListQuery) {
      if (failure) throw take()
      const items = [...kept.values()]
        .map(({ view }) => view)
        .filter(
          (view) =>
            (phase === undefined || view.phase === phase) && (agent === undefined || view.owner === `agent:${agent}`),
        )
      return { items: items.slice(0, limit), next: items.length > limit ? 'more' : null }
    },
    async current(id) {
      return { conversation: existing(id).view, messages: [], botMayReply: existing(id).view.owner === 'bot' }
    },
    async ofCustomer() {
      return { kept: [] }
    },
    async tellTyping(id, { from, agent }, typing) {
      existing(id)
      for (const each of typists)
        each({ conversation: id, from, typing, ...(agent === undefined ? {} : { agent: { id: agent, name: agent } }) })
      tellAll()
    },
    onTyping(listener) {
      typists.add(listener)
      return () => typists.delete(listener)
    },
    async deskViews(ids) {
      if (failure) throw take()
      const there = ids.flatMap((id) => kept.get(id)?.view ?? [])
      const isWithPeople = ({ phase }: ConversationView): boolean => phase === 'queued' || phase === 'agentActive'
      return new Map(there.map((view) => [view.id, isWithPeople(view) ? atTheDesk(view) : null]))
    },
    async deskList(query) {
      const { items, next } = await port.list(query)
      return { items: items.map(atTheDesk), next }
    },
    similar: async () => [],
    watch: seen,
    follow: entries,
    followAll: hints,
  }

  return {
    port,
    started,
    accepted,
    failWith(error: Error) {
      failure = error
    },
    set(id: string, change: Partial<ConversationView>) {
      const conversation = existing(id)
      conversation.view = { ...conversation.view, ...change, version: conversation.view.version + 1 }
      tellAll()
    },
    /** Lets those who follow look again. */
    wake: tellAll,
    /** How many follow something now: none may be left behind. */
    following: () => watchers.size,
  }
}

function atTheDesk(view: ConversationView): DeskConversation {
  return {
    ...view,
    about: {
      customer: { name: null, email: null, id: null },
      summary: 'asks for help',
      reason: null,
      language: 'en',
      channel: 'web',
      page: null,
      startedAt: '2026-03-02T10:00:00.000Z',
      last: null,
      waitingSince: null,
      sla: null,
      answerOwed: false,
      offer: null,
    },
  }
}

type WithoutPlace<Entry> = Entry extends LogEntry ? Omit<Entry, 'seq' | 'at'> : never

function shown({ kind: _, at, ...message }: Extract<LogEntry, { kind: 'message' }>) {
  return { ...message, at: new Date(at).toISOString() }
}
