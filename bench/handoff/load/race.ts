/** Agents who all want the same conversation, each by a connection of their own that is open already. */
import { randomUUID } from 'node:crypto'
import { Client } from 'undici'
import { z } from 'zod'
import { chance } from '#test/server/crash/chance.ts'
import type { Agent, Race, Round } from './orders.ts'

interface Runner {
  readonly agent: Agent
  readonly client: Client
}

const problem = z.object({ code: z.string(), detail: z.string() })

export async function race({ servers, conversations, agents }: Race): Promise<readonly Round[]> {
  const draw = chance(4)
  const runners = agents.map((agent, index) => ({ agent, client: new Client(servers[index % servers.length] ?? '') }))
  await Promise.all(runners.map((runner) => send(runner, 'GET', '/v1/keys/self')))
  const rounds: Round[] = []
  for (const conversation of conversations) {
    // Who presses first is another one each time.
    const from = Math.floor(draw() * runners.length)
    rounds.push(await roundFor(conversation, [...runners.slice(from), ...runners.slice(0, from)]))
  }
  await Promise.all(runners.map(({ client }) => client.close()))
  return rounds
}

async function roundFor(conversation: string, runners: readonly Runner[]): Promise<Round> {
  const path = `/v1/conversations/${conversation}/events`
  const answers = await Promise.all(
    runners.map(async (runner) => ({ runner, ...(await send(runner, 'POST', path, acceptOf(runner))) })),
  )
  const won = answers.filter(({ status }) => status < 300).map(({ runner }) => runner)
  const lost = answers.filter(({ status }) => status >= 300)
  const told = lost.filter(({ status, text }) => status === 409 && isKind(text, won[0]?.agent.name))
  // Whoever has it is done with it at once, so that nobody's hands are full in the rounds to come.
  for (const winner of won) await send(winner, 'POST', path, { type: 'agent.resolve', resolution: 'Done.' })
  return {
    conversation,
    winners: won.map(({ agent }) => agent.name),
    told: told.length,
    otherwise: lost.filter((each) => !told.includes(each)).map(({ status, text }) => `${status} ${text}`),
  }
}

function acceptOf({ agent }: Runner): object {
  return { type: 'agent.accept', agent: agent.id }
}

/** It says who has it, and nothing of faults. */
function isKind(text: string, winner: string | undefined): boolean {
  const { code, detail } = problem.parse(JSON.parse(text))
  return winner !== undefined && code === 'not-owner' && detail.startsWith(`${winner} took this`)
}

async function send({ agent, client }: Runner, method: 'GET' | 'POST', path: string, event?: object) {
  const { statusCode, body } = await client.request({
    method,
    path,
    ...(event && { body: JSON.stringify(event) }),
    headers: {
      authorization: `Bearer ${agent.key}`,
      ...(event && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
  })
  return { status: statusCode, text: await body.text() }
}
