/**
 * A story: one customer's whole way through a flow, over HTTP, against a really started server. Whatever is told in it,
 * in the end these hold:
 * 1. All six phases were met, in their order, and at each the conversation came to rest.
 * 2. The transcript, the handoff package's too, holds all that was said, in order; what people noted stays with them.
 * 3. Nothing is asked whose answer is known.
 * 4. The log, replayed by the engine, gives the server's snapshot byte by byte, now and after every event.
 */
import { expect } from 'vitest'
import { phases } from '#engine/index.ts'
import type { SimulatedAgent } from '#engine/testing/index.ts'
import type { ShownHandoff, ShownMessage } from '#server/http/schemas/conversation.ts'
import { converseOverHttp, startServer, type HttpConversing, type TestServer } from '../driver/http.ts'
import { flowNamed } from '../driver/index.ts'
import { askedThoughKnown, keptOf, type Kept } from './kept.ts'
import { openAllHours } from './open-all-hours.ts'
import { firstMissing, overheard, type Spoken } from './spoken.ts'

export interface Cast {
  readonly agents: readonly SimulatedAgent[]
  readonly customer?: object
  readonly page?: string
}

export interface Story extends HttpConversing {
  /** What the customer was told by the last event. */
  told(): readonly string[]
  /** The package for whoever takes over, after a look that its transcript is complete and in order. */
  handoff(): Promise<ShownHandoff>
  /** The bot says this although it is not its turn: 409 `not-owner`, and the customer hears nothing. */
  botIsRefused(text: string): Promise<void>
  /** Another customer of the same flow tries to read this conversation and to speak in it: there is none for them. */
  othersFindNothing(): Promise<void>
}

/**
 * Plays a story on a flow of this repository that is open at all hours. Somebody else asks for a person first and waits
 * already, so that the customer’s place in that queue is the second.
 */
export async function dialogue(industry: string, cast: Cast, tell: (story: Story) => Promise<void>): Promise<void> {
  const flow = openAllHours(flowNamed(industry))
  const server = await startServer([flow])
  try {
    const conversing = await converseOverHttp(server, flow, cast)
    const neighbour = await somebodyAhead(server, flow.id)
    const spoken: Spoken[] = []
    await tell(storyOf(overheard(conversing, spoken), server, neighbour, spoken))
    expect(spoken.length, 'turns of the dialogue').toBeGreaterThanOrEqual(12)
    const kept = await keptOf(server, flow, conversing.conversation.advance)
    expectAllPhases(kept)
    expectTranscript(spoken, await transcriptOf(server, conversing.conversation.id))
    expectNotesKept(kept)
    expect(askedThoughKnown(flow, kept.steps)).toEqual([])
    await expectReplay(kept)
  } finally {
    await server.close()
  }
}

function storyOf(conversing: HttpConversing, server: TestServer, neighbour: string, spoken: readonly Spoken[]): Story {
  const { bot, conversation } = conversing
  const path = `/v1/conversations/${conversation.id}`
  return {
    ...conversing,
    told: () => conversation.advance.messages.map(({ text }) => text),
    async handoff() {
      // What API.md's handoff package is.
      const handoff = (await conversation.handoff()) as ShownHandoff
      expect(handoff.transcript).toEqual(await transcriptOf(server, conversation.id))
      expectTranscript(spoken, handoff.transcript)
      return handoff
    },
    async botIsRefused(text) {
      const before = conversation.said
      await expect(bot.replies(text)).rejects.toMatchObject({ status: 409, code: 'not-owner' })
      await conversation.read()
      expect(conversation.said).toEqual(before)
    },
    async othersFindNothing() {
      const other = server.with(neighbour)
      const nothing = { status: 404, code: 'not-found' }
      await expect(other.call('GET', path)).rejects.toMatchObject(nothing)
      await expect(other.call('GET', `${path}/transcript`)).rejects.toMatchObject(nothing)
      const words = { type: 'customer.message', text: 'May I read along?' }
      await expect(other.call('POST', `${path}/events`, words)).rejects.toMatchObject(nothing)
    },
  }
}

/** @returns the token of a customer who waits for a person of this flow */
async function somebodyAhead(server: TestServer, flow: string): Promise<string> {
  // What API.md's `POST /v1/conversations` answers.
  const begun = (await server.admin.call('POST', '/v1/conversations', { flow })) as {
    readonly conversation: { readonly id: string }
    readonly customerToken: string
  }
  const words = { type: 'customer.message', text: 'Could I speak to a person, please?' }
  const path = `/v1/conversations/${begun.conversation.id}/events`
  await expect(server.with(begun.customerToken).call('POST', path, words)).resolves.toMatchObject({
    conversation: { phase: 'queued', owner: 'queue' },
  })
  return begun.customerToken
}

async function transcriptOf(server: TestServer, id: string): Promise<readonly ShownMessage[]> {
  // API.md says what this call answers.
  const answer = await server.admin.call('GET', `/v1/conversations/${id}/transcript`)
  return (answer as { readonly messages: readonly ShownMessage[] }).messages
}

function expectAllPhases({ steps }: Kept): void {
  expect([...new Set(steps.map(({ snapshot }) => snapshot.phase))]).toEqual(phases)
}

function expectTranscript(spoken: readonly Spoken[], transcript: readonly ShownMessage[]): void {
  expect(firstMissing(spoken, transcript)).toBeUndefined()
  const textsBy = (from: string) => (each: { readonly from: string; readonly text: string }) =>
    each.from === from ? [each.text] : []
  expect(transcript.flatMap(textsBy('customer'))).toEqual(spoken.flatMap(textsBy('customer')))
  const places = transcript.map(({ seq }) => seq)
  expect(places).toEqual([...new Set(places)].sort((one, other) => one - other))
}

function expectNotesKept({ entries }: Kept): void {
  const notes = entries.flatMap((entry) => (entry.kind === 'note' ? [entry.text] : []))
  const said = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))
  expect(notes).not.toEqual([])
  expect(said.filter((text) => notes.some((note) => text.includes(note)))).toEqual([])
}

async function expectReplay({ entries, steps, snapshot }: Kept): Promise<void> {
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  for (const step of steps) expect(await snapshot(step.snapshot.seq)).toBe(JSON.stringify(step.snapshot))
  expect(await snapshot()).toBe(JSON.stringify(steps.at(-1)?.snapshot))
}
