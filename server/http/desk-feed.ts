/**
 * What agents and supervisors follow: who waits, who is there, what is offered to them, and their own conversations. It
 * sends states, not history: a watcher is first shown everything it may see, then each conversation again whenever it
 * changed.
 *
 * One loop for conversations and one for the lists (queues, agents) serve all watchers. Laws:
 * 1. A conversation that changes many times while a watcher is slow is shown to it once, as it is then: a watcher's
 *    memory is bounded by the number of conversations it may see.
 * 2. A conversation is read once for all watchers, together with others that changed with it.
 * 3. What a watcher has been shown and may no longer see is taken back with `gone`, also where hints were missed, where
 *    it went while the first look was on its way, and where the agent is of other teams now.
 * 4. Whose conversations an agent sees is known from the list of agents: no statement is sent for a single watcher but
 *    its first look, and another when its teams change.
 */
import type { DeskConversation } from '#server/runtime/desk-conversation.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { createMailbox, deliver, hearTyping, letters, takeBack, type Mailbox, type Watcher } from './desk-mailbox.ts'
import type { Deps } from './environment.ts'
import type { ServerSentEvent } from './sse.ts'

export interface DeskFeed {
  watch(watcher: Watcher, signal: AbortSignal): AsyncIterable<readonly ServerSentEvent[]>
}

/** Milliseconds: no conversation is read more often. */
const PACE = 200
/** Everybody is sent the whole of these, and each event moves a figure in them. */
const LISTS_PACE = 400
/** Conversations of a first look, at most. */
const FIRST_LOOK = 1_000

export function createDeskFeed({
  runtime: { conversations, desk },
  closing,
  log,
}: Pick<Deps, 'runtime' | 'closing' | 'log'>): DeskFeed {
  const mailboxes = new Set<Mailbox>()
  const changed = new Set<string>()
  let following: AbortController | undefined
  let stopTyping = (): void => {}
  let staff = ''
  const news = paced(lookAtNews, PACE, closing)
  const lists = paced(lookAtLists, LISTS_PACE, closing)

  async function follow(signal: AbortSignal): Promise<void> {
    for await (const hint of conversations.followAll(signal)) {
      // Without one it says that who works has changed, which only the queues and the agents show.
      if (hint.conversation !== null) {
        changed.add(hint.conversation)
        news.soon()
      } else if (hint.missed === true) for (const mailbox of mailboxes) lookAgain(mailbox.shown)
      lists.soon()
    }
  }

  function lookAgain(ids: Iterable<string>): void {
    for (const id of ids) changed.add(id)
    news.soon()
  }

  async function lookAtNews(): Promise<void> {
    const ids = [...changed]
    changed.clear()
    const views = await attempt(
      () => conversations.deskViews(ids),
      () => lookAgain(ids),
    )
    if (views === undefined) return
    const forgotten = ids.filter((id) => !views.has(id))
    for (const mailbox of mailboxes) {
      for (const [id, view] of views) {
        if (view === null) takeBack(mailbox, id, null)
        else deliver(mailbox, view)
      }
      for (const id of forgotten) takeBack(mailbox, id, 'forgotten')
      if (mailbox.news.size > 0) mailbox.bell.ring()
    }
  }

  async function lookAtLists(): Promise<void> {
    const [queues, agents] = await Promise.all([attempt(() => desk.queues()), attempt(() => desk.agents())])
    const now = JSON.stringify(agents)
    const isNews = agents !== undefined && now !== staff
    if (isNews) staff = now
    const teams = new Map(isNews ? agents.map((agent) => [agent.id, new Set(agent.teams)]) : [])
    for (const mailbox of mailboxes) {
      // Also where they are as they were: whoever shows something else of the desk reads it again.
      if (queues) mailbox.queues = queues
      if (isNews) {
        mailbox.agents = agents
        if (mailbox.watcher.agent !== undefined) puts(mailbox, teams.get(mailbox.watcher.agent) ?? new Set())
      }
      mailbox.bell.ring()
    }
  }

  /** Of what waits for teams that are new to them nothing changes by itself. */
  function puts(mailbox: Mailbox, teams: ReadonlySet<string>): void {
    const isOther = teams.size !== mailbox.teams.size || [...teams].some((team) => !mailbox.teams.has(team))
    mailbox.teams = teams
    if (!isOther) return
    lookAgain(mailbox.shown)
    void attempt(() => lookAtAll(mailbox)).then(() => mailbox.bell.ring())
  }

  async function lookAtAll(mailbox: Mailbox): Promise<void> {
    mailbox.looks++
    try {
      for await (const page of allFor(mailbox.watcher))
        for (const view of page) if (!mailbox.news.has(view.id)) deliver(mailbox, view)
    } finally {
      mailbox.looks--
    }
  }

  function join(mailbox: Mailbox): void {
    mailboxes.add(mailbox)
    if (following) return
    // Nobody has heard of what was the same before.
    staff = ''
    following = new AbortController()
    const { signal } = following
    stopTyping = conversations.onTyping((typing) => {
      for (const each of mailboxes) hearTyping(each, typing)
    })
    follow(AbortSignal.any([signal, closing])).catch(() => {
      // The feed is lost with the database: watchers are woken to end, and reconnect when it is back.
      if (!signal.aborted) for (const each of mailboxes) leave(each)
    })
  }

  function leave(mailbox: Mailbox): void {
    mailboxes.delete(mailbox)
    mailbox.bell.ring()
    if (mailboxes.size > 0) return
    following?.abort()
    following = undefined
    stopTyping()
  }

  return {
    async *watch(watcher, signal) {
      const mailbox = createMailbox(watcher, signal)
      try {
        mailbox.teams = await teamsOf(watcher)
        join(mailbox)
        const [queues, agents] = [await desk.queues(), await desk.agents()]
        yield [
          { event: 'queues', data: queues },
          { event: 'agents', data: agents },
        ]
        await lookAtAll(mailbox)
        yield [...letters(mailbox), { event: 'ready', data: {} }]
        while (mailboxes.has(mailbox) && (await mailbox.bell.rung())) {
          const news = [...letters(mailbox)]
          if (news.length > 0) yield news
        }
      } finally {
        leave(mailbox)
      }
    },
  }

  /** What cannot be read is left out, its next change shows it; `away` hears that the database does not answer now. */
  async function attempt<Value>(read: () => Promise<Value>, away = (): void => {}): Promise<Value | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof RuntimeError))
        log.error({ err: error }, 'The desk’s feed could not read what has changed.')
      else if (error.code === 'unavailable') away()
      return undefined
    }
  }

  async function teamsOf({ agent }: Watcher): Promise<ReadonlySet<string>> {
    const profile = agent === undefined ? undefined : await attempt(() => desk.agent(agent))
    return new Set(profile?.teams)
  }

  async function* allFor({ agent }: Watcher): AsyncIterable<readonly DeskConversation[]> {
    const queries = [{ phase: 'queued' }, agent === undefined ? { phase: 'agentActive' } : { agent }]
    for (const query of queries) {
      let cursor: string | null | undefined
      for (let seen = 0; cursor !== null && seen < FIRST_LOOK;) {
        const { items, next } = await conversations.deskList({
          ...query,
          limit: 200,
          ...(cursor !== undefined && { cursor }),
        })
        yield items
        seen += items.length
        cursor = next
      }
    }
  }
}

/** Work that is wanted again and again: one round at a time, that long after the one before at the earliest. */
function paced(work: () => Promise<void>, pace: number, signal: AbortSignal): { soon(): void } {
  let rounds = Promise.resolve()
  let pending = false
  const round = async (): Promise<void> => {
    pending = false
    await work()
    await rest(pace, signal)
  }
  return {
    soon() {
      if (pending) return
      pending = true
      rounds = rounds.then(round)
    },
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
