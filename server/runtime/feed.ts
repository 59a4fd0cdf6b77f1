/**
 * What followers see. They read the log by (conversation, seq), so there is no gap and no entry twice; a hint only says
 * when to look, and one statement for all followers of a node looks now and then in case a hint was lost. What this node
 * has written itself it hands to them without asking the database, where it comes right after what they have.
 */
import type pg from 'pg'
import type { ConversationView, LogEntry } from '#engine/index.ts'
import { every } from '../store/rounds.ts'
import type { Line } from './line.ts'
import { FORGOTTEN, type FeedEntry, type Hint, type Seen, type Typing } from './runtime.ts'
import type { TypingFeed } from './typing.ts'
import type { Views } from './views.ts'
import { reading } from './write.ts'

export interface Feed {
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<FeedEntry>
  watch(id: string, after: number, signal: AbortSignal): AsyncIterable<Seen>
  followAll(signal: AbortSignal): AsyncIterable<Hint>
  /** What this node has just written of a conversation; its hint comes after. */
  wrote(id: string, entries: readonly LogEntry[]): void
  close(): Promise<void>
}

/** Who follows everything: what has changed since it was told. */
interface Watcher {
  readonly bell: Bell
  readonly changed: Map<string, number>
  staffChanged: boolean
  missed: boolean
}

interface Follower {
  readonly bell: Bell
  cursor: number
  /** The last entry that it heard of; infinite while it does not know. */
  due: number
  /** What was written here and comes right after `cursor`. */
  fresh: LogEntry[]
}

/** What has no place in the log: only the latest of each counts. */
interface News {
  view: ConversationView | undefined
  /** By who types. */
  readonly typing: Map<string, Typing>
}

const LOOK_EVERY = 3_000
const ROWS_AT_ONCE = 100
/** A client that is slower than this many entries reads them from the database, when it takes them. */
const FRESH = 100

export function createFeed(pool: pg.Pool, line: Line, views: Views, typing: TypingFeed): Feed {
  const followers = new Map<string, Set<Follower>>()
  const everything = new Set<Watcher>()
  let closed = false

  const stop = line.onHint((hint) => {
    if (hint === undefined) return void Promise.all([lookForAll(), tellOfDesk()])
    if (hint.conversation !== null && hint.seq === FORGOTTEN) forget(hint.conversation)
    else if (hint.conversation !== null)
      for (const follower of followers.get(hint.conversation) ?? []) tell(follower, hint.seq)
    tellEverybody(hint)
  })
  const looking = every(LOOK_EVERY, lookForAll)

  function tell(follower: Follower, seq: number): void {
    follower.due = Math.max(follower.due, seq)
    follower.bell.ring()
  }

  /** Who follows what is no more has seen the end of it. */
  function forget(id: string): void {
    for (const follower of followers.get(id) ?? []) follower.bell.stop()
  }

  async function lookForAll(): Promise<void> {
    if (followers.size === 0) return
    const asked = [...followers.keys()]
    const rows = await pool
      .query<{ id: string; seq: number }>('select id, seq from baton.conversations where id = any($1)', [asked])
      .then(
        (found) => found.rows,
        () => undefined,
      )
    if (rows === undefined) return
    const there = new Set(rows.map((row) => row.id))
    for (const id of asked) if (!there.has(id)) forget(id)
    for (const { id, seq } of rows) {
      const late = [...(followers.get(id) ?? [])].filter((follower) => follower.cursor < seq)
      for (const follower of late) tell(follower, seq)
      if (late.length > 0) views.look(id)
    }
  }

  /** After missed hints: all that a desk may show, and that what it shows may be no more. */
  async function tellOfDesk(): Promise<void> {
    if (everything.size === 0) return
    const { rows } = await reading(() =>
      pool.query<{ id: string; seq: number }>(
        `select id, seq from baton.conversations where closed_at is null and phase in ('queued', 'agentActive')`,
      ),
    ).catch(() => ({ rows: [] }))
    for (const { id, seq } of rows) tellEverybody({ conversation: id, seq })
    tellEverybody({ conversation: null, missed: true })
  }

  function tellEverybody(hint: Hint): void {
    for (const each of everything) {
      if (hint.conversation === null) {
        each.staffChanged = true
        each.missed ||= hint.missed === true
      } else each.changed.set(hint.conversation, hint.seq)
      each.bell.ring()
    }
  }

  function join(id: string, after: number, signal: AbortSignal): { readonly follower: Follower; leave(): void } {
    const follower: Follower = { bell: createBell(signal, () => closed), cursor: after, due: Infinity, fresh: [] }
    const those = followers.get(id) ?? new Set()
    followers.set(id, those.add(follower))
    return {
      follower,
      leave() {
        follower.bell.end()
        those.delete(follower)
        if (those.size === 0 && followers.get(id) === those) followers.delete(id)
      },
    }
  }

  /** The log as far as it is written now; what comes meanwhile rings. */
  async function* written(id: string, follower: Follower): AsyncGenerator<FeedEntry> {
    while (follower.due > follower.cursor) {
      for (const entry of takeFresh(follower) ?? (await readNext(id, follower))) {
        if (follower.bell.over()) return
        follower.cursor = entry.seq
        yield { conversation: id, seq: entry.seq, entry }
      }
    }
  }

  async function readNext(id: string, follower: Follower): Promise<readonly LogEntry[]> {
    // What is written while it is read is heard of anew.
    follower.due = 0
    const entries = await readLog(pool, id, follower.cursor, ROWS_AT_ONCE)
    // An event has at least one entry: fewer entries are fewer events than were asked for.
    if (entries.length >= ROWS_AT_ONCE) follower.due = Infinity
    return entries
  }

  async function* follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<FeedEntry> {
    const { follower, leave } = join(id, after, signal)
    try {
      while (!follower.bell.over()) {
        yield* written(id, follower)
        await follower.bell.rung()
      }
    } finally {
      leave()
    }
  }

  async function* watch(id: string, after: number, signal: AbortSignal): AsyncGenerator<Seen> {
    const { follower, leave } = join(id, after, signal)
    const news: News = { view: undefined, typing: new Map() }
    const stopTyping = typing.listen(id, (each) => {
      news.typing.set(`${each.from} ${each.agent?.id ?? ''}`, each)
      follower.bell.ring()
    })
    let stopViews = (): void => {}
    try {
      stopViews = await views.watch(id, (view) => {
        news.view = view
        follower.bell.ring()
      })
      yield* latest(news)
      while (!follower.bell.over()) {
        yield* written(id, follower)
        yield* latest(news)
        await follower.bell.rung()
      }
    } finally {
      stopViews()
      stopTyping()
      leave()
    }
  }

  async function* followAll(signal: AbortSignal): AsyncGenerator<Hint> {
    const mine: Watcher = {
      bell: createBell(signal, () => closed),
      changed: new Map(),
      staffChanged: false,
      missed: false,
    }
    everything.add(mine)
    try {
      while (!mine.bell.over()) {
        for (const [conversation, seq] of mine.changed) {
          mine.changed.delete(conversation)
          yield { conversation, seq }
          if (mine.bell.over()) return
        }
        if (mine.staffChanged) {
          const { missed } = mine
          mine.staffChanged = mine.missed = false
          yield { conversation: null, missed }
          continue
        }
        await mine.bell.rung()
      }
    } finally {
      mine.bell.end()
      everything.delete(mine)
    }
  }

  return {
    follow,
    watch,
    followAll,
    wrote(id, entries) {
      for (const { cursor, fresh } of followers.get(id) ?? []) {
        const isNext = entries[0]?.seq === (fresh.at(-1)?.seq ?? cursor) + 1
        if (isNext && fresh.length + entries.length <= FRESH) fresh.push(...entries)
      }
    },
    async close() {
      closed = true
      stop()
      for (const those of followers.values()) for (const each of those) each.bell.ring()
      for (const each of everything) each.bell.ring()
      await looking.stop()
    },
  }
}

/** What comes right after the cursor, where that was written here. */
function takeFresh(follower: Follower): readonly LogEntry[] | undefined {
  const { fresh, cursor } = follower
  follower.fresh = []
  return fresh[0]?.seq === cursor + 1 ? fresh : undefined
}

function* latest(news: News): Generator<Seen> {
  if (news.view) {
    const { view } = news
    news.view = undefined
    yield { view }
  }
  for (const [who, typing] of news.typing) {
    news.typing.delete(who)
    yield { typing }
  }
}

/** As many as the column holds. */
const LAST_SEQ = 2 ** 31 - 1

/** Log entries after `after`, in order, from at most `events` events. */
export async function readLog(pool: pg.Pool, id: string, after: number, events: number): Promise<readonly LogEntry[]> {
  const { rows } = await reading(() =>
    pool.query<{ entries: string }>({
      name: 'log_after',
      text: 'select entries from baton.log where conversation = $1 and seq > $2 order by seq limit $3',
      values: [id, Math.min(after, LAST_SEQ), events],
    }),
  )
  // Only `commit_event` writes the log, from LogEntry lists.
  return rows.flatMap((row) => JSON.parse(row.entries) as LogEntry[]).filter((entry) => entry.seq > after)
}

interface Bell {
  ring(): void
  /** Resolves when it was rung since the last time, or is over. */
  rung(): Promise<void>
  over(): boolean
  /** From now on it is over. */
  stop(): void
  end(): void
}

function createBell(signal: AbortSignal, closed: () => boolean): Bell {
  let ringing = false
  let wake: (() => void) | undefined
  const ring = () => {
    ringing = true
    wake?.()
  }
  signal.addEventListener('abort', ring)
  let stopped = false
  const over = () => stopped || signal.aborted || closed()
  return {
    ring,
    over,
    stop() {
      stopped = true
      ring()
    },
    async rung() {
      if (!ringing && !over())
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      ringing = false
      wake = undefined
    },
    end: () => signal.removeEventListener('abort', ring),
  }
}
