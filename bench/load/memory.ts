/** What a server keeps of conversations that are over: they are begun, led and closed as fast as it takes them. */
import { Agent } from 'undici'
import { z } from 'zod'
import { flow } from './flow.ts'
import { post } from './post.ts'
import type { Sizes } from './sizes.ts'
import { risePercent, slope, span, type Memory, type Point } from './slope.ts'
import { onStage, type Stage } from './stage.ts'

const LANES = 32
const LOOK_EVERY = 1_000
/** Until then caches fill (the largest is of 20,000 tokens) and the heap finds its size. */
const SETTLED = 20_000
const MEGABYTE = 1e6
const THOUSAND = 1_000
const started = z.object({ conversation: z.object({ id: z.string() }), customerToken: z.string() })
const advanced = z.object({ conversation: z.object({ phase: z.string() }) })

export async function measureMemory({ conversations }: Sizes): Promise<void> {
  await onStage({ nodes: 1, agents: 1, capacity: 100 }, async (stage) => {
    const pool = new Agent({ connections: LANES })
    const memory: Point[] = []
    const kept: Point[] = []
    let closed = 0
    stage.onCollected((bytes) => kept.push({ x: closed / THOUSAND, y: bytes / MEGABYTE }))
    const waiting = Array.from({ length: conversations }, (_, index) => index).values()
    const lane = async (): Promise<void> => {
      for (const number of waiting) {
        await lead(pool, stage, number)
        if (++closed % LOOK_EVERY === 0) await look(stage, closed, memory)
      }
    }
    const from = performance.now()
    await Promise.all(Array.from({ length: LANES }, lane))
    await pool.destroy()
    tell(closed, { kept, memory }, (performance.now() - from) / 1_000)
  })
}

/** A bot's turn, for one in ten a person, a survey, the end. */
async function lead(pool: Agent, { urls, bot, agents, supervisor }: Stage, number: number): Promise<void> {
  const send = async (path: string, key: string, body: object): Promise<unknown> =>
    JSON.parse(await post(pool, `${urls[0]}${path}`, key, body))
  const { conversation, customerToken } = started.parse(
    await send('/v1/conversations', bot, { flow: flow.id, customer: { id: `customer-${number}` } }),
  )
  const say = (key: string, body: object): Promise<unknown> =>
    send(`/v1/conversations/${conversation.id}/events`, key, body)
  await say(customerToken, { type: 'customer.message', text: `What about order ${number}?` })
  await say(bot, { type: 'bot.message', text: `Order ${number} is on its way.` })
  const [agent] = agents
  if (number % 10 === 0 && agent !== undefined) {
    await say(customerToken, { type: 'customer.message', text: 'I want to talk to a person please' })
    await say(supervisor, { type: 'agent.accept', agent: agent.id })
    await say(agent.key, { type: 'agent.resolve', resolution: 'It was put right.' })
  } else await say(bot, { type: 'bot.done' })
  const { phase } = advanced.parse(await say(customerToken, { type: 'survey.answer', score: 4 })).conversation
  if (phase !== 'closed') throw new Error(`Conversation ${conversation.id} is not over: ${phase}.`)
}

async function look({ usage: usageNow }: Stage, closed: number, memory: Point[]): Promise<void> {
  const usage = await usageNow()
  if (usage === null) return
  memory.push({ x: closed / THOUSAND, y: usage.resident / MEGABYTE })
  if (closed % (5 * LOOK_EVERY) === 0)
    process.stdout.write(`${closed} closed, the server holds ${(usage.resident / MEGABYTE).toFixed(0)} MB\n`)
}

function tell(closed: number, { kept, memory }: Memory, seconds: number): void {
  process.stdout.write(`figure closed conversations: ${closed} (in ${seconds.toFixed(0)} s)\n`)
  const [held, taken] = [settled(kept, closed), settled(memory, closed)]
  if (held.length < 3 || taken.length < 3) return
  process.stdout.write(
    `figure memory of closed conversations: ${slope(held).toFixed(3)} ` +
      `(MB a thousand, ${span(held)} in ${held.length} collections)\n`,
  )
  process.stdout.write(
    `figure process of closed conversations: ${risePercent(taken).toFixed(1)} ` +
      `(% above the first half, ${span(taken)}, ${slope(taken).toFixed(2)} MB a thousand)\n`,
  )
}

function settled(points: readonly Point[], closed: number): readonly Point[] {
  return points.filter(({ x }) => x >= Math.min(SETTLED, closed / 2) / THOUSAND)
}
