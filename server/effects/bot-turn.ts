/**
 * A bot's turn: its webhook is called, and its answer is said in the conversation. Laws:
 * 1. An answer counts only while the owner is the one of the turn, and the flow where it asked: when a person took
 *    over meanwhile, or another node waits now, it is dropped.
 * 2. A bot that cannot be reached, says no or answers nonsense is `bot.failed`, at once, so that the flow goes on; so is
 *    one whose webhook was taken away since it was asked for.
 * 3. Run twice, a turn is answered once: the bot sees the same `webhook-id`, the conversation the same keys.
 * 4. A bot without a webhook is one that calls the API by itself; the flow's `silentAfter` watches it.
 * 5. A bot that is an agent (`turn.agent`) holds the conversation as one and speaks as that agent: `done` hands back,
 *    and what is `bot.failed` elsewhere brings the customer to the queue again, where this bot is not asked any more.
 *    It has to have a webhook.
 */
import type { EffectOf, Snapshot } from '#engine/index.ts'
import { OutboundError, persist, postSigned, realPause, type Endpoint, type OutboundAnswer } from '../network/index.ts'
import type { EffectContext, EffectHandler } from '../runtime/runtime.ts'
import { readBotAnswer } from './bot-answer.ts'
import type { EffectDeps } from './deps.ts'
import { sayAsBot } from './report.ts'

type Turn = EffectOf<'bot.turn'>

export function createBotTurn(deps: EffectDeps): EffectHandler<'bot.turn'> {
  return {
    type: 'bot.turn',
    maxAttempts: 5,
    needs: (turn) => (turn.agent !== undefined || deps.bots.get(turn.bot) !== undefined ? 'job' : 'nothing'),
    async run(turn, context) {
      const bot = deps.bots.get(turn.bot)
      if (!bot) return fail(deps, turn, context, `It has no webhook; bring it back with PUT /v1/bots/${turn.bot}.`)
      const snapshot = await deps.conversations.snapshot(context.conversation)
      if (snapshot.epoch !== context.epoch) return deps.log.info({ effect: turn.id }, 'The owner of a turn changed.')
      await answerTurn(deps, turn, context, await ask(deps, bot, turn, context, snapshot))
    },
    gaveUp: (turn, context, error) => fail(deps, turn, context, error),
  }
}

async function answerTurn(
  deps: EffectDeps,
  turn: Turn,
  context: EffectContext,
  answer: OutboundAnswer | OutboundError,
): Promise<void> {
  if (answer instanceof OutboundError) return fail(deps, turn, context, answer.message)
  const read = readBotAnswer(answer)
  if (!read.ok) return fail(deps, turn, context, read.fault)
  for (const [index, event] of read.events.entries()) {
    if (!(await sayAsBot(deps, turn, context, index, event))) return
  }
}

async function ask(
  deps: EffectDeps,
  bot: Endpoint,
  turn: Turn,
  { conversation, signal }: EffectContext,
  snapshot: Snapshot,
): Promise<OutboundAnswer | OutboundError> {
  const { network, clock, pause = realPause } = deps
  const body = JSON.stringify(await turnBody(deps, turn, conversation, snapshot))
  const send = (): Promise<OutboundAnswer> =>
    postSigned(network, {
      url: bot.url,
      secret: bot.secret,
      id: turn.id,
      body,
      now: clock.now(),
      timeout: LONGEST_TRY,
      maxBytes: LARGEST_ANSWER,
      signal,
    })
  try {
    return await persist(send, { tries: TRIES, pause, clock, signal })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof OutboundError) return error
    throw error
  }
}

/** All a bot needs to answer without asking back; after a handback also what the person was handed. */
async function turnBody(
  { conversations, clock }: EffectDeps,
  turn: Turn,
  conversation: string,
  snapshot: Snapshot,
): Promise<object> {
  const { customer, vars } = snapshot.machine.context
  const view = await conversations.view(conversation)
  const transcript = (await conversations.transcript(conversation)).slice(-TRANSCRIPT)
  const handoff = snapshot.memory.handoffs > 0 ? await conversations.handoff(conversation) : undefined
  return {
    type: 'bot.turn',
    timestamp: new Date(clock.now()).toISOString(),
    turn: turn.id,
    conversation: view,
    bot: turn.bot,
    ...(turn.agent === undefined ? {} : { agent: turn.agent }),
    node: turn.node,
    text: turn.text,
    transcript,
    customer,
    variables: vars,
    // The package's own transcript is the one above, unbounded.
    ...(handoff ? { handoff: { ...handoff, transcript: undefined } } : {}),
  }
}

async function fail(deps: EffectDeps, turn: Turn, context: EffectContext, error: string): Promise<void> {
  deps.log.warn(
    { effect: turn.id, conversation: context.conversation, bot: turn.bot, error },
    'A bot failed; the flow goes on.',
  )
  await sayAsBot(deps, turn, context, 'failed', { type: 'bot.failed' })
}

const TRIES = 3
const LONGEST_TRY = 10_000
const LARGEST_ANSWER = 256 * 1024
const TRANSCRIPT = 50
