/** The same sentences over HTTP, against a really started server: each is one request, by whoever may make it. */
export { Refused, serverAt, startServer, type TestServer } from './server.ts'
import type { Caller, TestServer } from './server.ts'
import type { Advance, Flow, Snapshot } from '#engine/index.ts'
import { standIns, type SentEvent, type SimulatedAgent } from '#engine/simulate/index.ts'
import { agentOf, botOf, customerOf, LiveConversation } from '#engine/testing/index.ts'
import type { Agent, Bot, Customer, Look } from '#engine/testing/index.ts'

export interface HttpConversing {
  readonly customer: Customer<Promise<void>>
  readonly bot: Bot<Promise<void>>
  readonly agent: Agent<Promise<void>> & {
    goesOnline(agent: string): Promise<void>
    goesOffline(agent: string): Promise<void>
  }
  readonly conversation: ServedConversation
}

export interface HttpConverseOptions {
  readonly id?: string
  readonly channel?: string
  readonly language?: string
  readonly page?: string
  readonly customer?: object
  readonly variables?: object
  /** Without them, Sarah and Tom are online in every team of the flow. */
  readonly agents?: readonly SimulatedAgent[]
}

/** Begins a conversation on a server that has the flow published. An event that is refused rejects with `Refused`. */
export async function converseOverHttp(
  server: TestServer,
  flow: Flow,
  options: HttpConverseOptions = {},
): Promise<HttpConversing> {
  const { agents = standIns(flow), ...opening } = options
  for (const agent of agents) await registered(server, agent)
  // What API.md's `POST /v1/conversations` answers.
  const begun = (await server.admin.call('POST', '/v1/conversations', { flow: flow.id, ...opening })) as Advance & {
    readonly customerToken: string
  }
  const path = `/v1/conversations/${encodeURIComponent(begun.conversation.id)}`
  const conversation = new ServedConversation(server.admin, path, begun)
  await conversation.read(begun)
  const speaker = async (event: SentEvent): Promise<Caller> => {
    if (event.type.startsWith('bot.')) return server.as('bot')
    if (!event.type.startsWith('agent.')) return server.with(begun.customerToken)
    const agent = agentBehind(event, conversation)
    return agent === undefined ? server.as('supervisor') : server.as('agent', agent)
  }
  const tell = async (event: SentEvent): Promise<void> => {
    // The answer to an event is an Advance.
    await conversation.read((await (await speaker(event)).call('POST', `${path}/events`, event)) as Advance)
  }
  const presence =
    (status: 'online' | 'offline') =>
    async (agent: string): Promise<void> => {
      await server.admin.call('PUT', `/v1/agents/${agent}/presence`, { status })
      await conversation.read()
    }
  return {
    conversation,
    customer: customerOf(tell, () => conversation.offered),
    bot: botOf(tell),
    agent: { ...agentOf(tell), goesOnline: presence('online'), goesOffline: presence('offline') },
  }
}

/** Who says what an agent says; undefined when nobody holds the conversation or is offered it. */
function agentBehind(event: SentEvent, { owner, advance }: ServedConversation): string | undefined {
  if (event.type === 'agent.accept') return event.agent
  if (event.type === 'agent.decline') return event.agent ?? advance.conversation.queue?.offeredTo
  return owner.startsWith('agent:') ? owner.slice('agent:'.length) : undefined
}

async function registered(
  server: TestServer,
  { id, name, teams, skills = {}, languages = [], channels = [], online = true }: SimulatedAgent,
): Promise<void> {
  for (const team of teams) await server.admin.call('PUT', `/v1/teams/${team}`, { name: team })
  await server.admin.call('PUT', `/v1/agents/${id}`, { name, teams, skills, languages, channels, capacity: 5 })
  await server.admin.call('PUT', `/v1/agents/${id}/presence`, { status: online ? 'online' : 'offline' })
}

/** A conversation on a server, as it was when it was last read. */
export class ServedConversation extends LiveConversation {
  readonly #admin: Caller
  readonly #path: string
  #advance: Advance
  #look: Omit<Look, 'expects' | 'now'> | undefined

  constructor(admin: Caller, path: string, begun: Advance) {
    super()
    this.#admin = admin
    this.#path = path
    this.#advance = begun
  }

  get id(): string {
    return this.#advance.conversation.id
  }

  /** The answer to the last event, with the conversation as it was last read. */
  get advance(): Advance {
    return this.#advance
  }

  /** Reads it anew. @param next the answer to an event, when there is one */
  async read(next?: Advance): Promise<void> {
    // API.md says what these calls answer.
    const snapshot = (await this.#admin.call('GET', `${this.#path}/snapshot`)) as Snapshot
    const { messages } = (await this.#admin.call('GET', `${this.#path}/transcript`)) as { messages: Look['transcript'] }
    const conversation = (await this.#admin.call('GET', this.#path)) as Advance['conversation']
    this.#look = { snapshot, transcript: messages }
    this.#advance = next ?? { ...this.#advance, conversation }
  }

  /** The handoff package as the server gives it. */
  handoff(): Promise<unknown> {
    return this.#admin.call('GET', `${this.#path}/handoff`)
  }

  /** Resolves once the server by itself has brought it to a phase or state; rejects after `within` milliseconds. */
  async comesTo(where: string, within = 30_000): Promise<void> {
    await this.read()
    if (this.#isIn(where)) return
    const ending = new AbortController()
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(within)])
    try {
      const seen = this.look().snapshot.seq
      for await (const _ of await this.#admin.listen(`${this.#path}/stream?after=${seen}`, signal)) {
        await this.read()
        if (this.#isIn(where)) return
      }
      throw new Error(`The server ended the stream before the conversation came to “${where}”.`)
    } catch (cause) {
      if (!signal.aborted) throw cause
      const sentence = `The conversation did not come to “${where}” within ${within} ms; it is in “${this.state}”.`
      throw new Error(sentence, { cause })
    } finally {
      ending.abort()
    }
  }

  protected look(): Look {
    if (this.#look === undefined) throw new Error('The conversation has not been read yet.')
    return { ...this.#look, expects: this.#advance.conversation.expects, now: Date.now() }
  }

  #isIn(where: string): boolean {
    return where === this.phase || where === this.state
  }
}
