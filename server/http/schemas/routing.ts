import { z } from '@hono/zod-openapi'
import { agentName } from './conversation.ts'
import { isoTime } from './list.ts'

const passedOver = z
  .object({
    agent: agentName,
    why: z.string().openapi({ example: 'lacks Spanish 4 (has 2)' }),
  })
  .openapi('PassedOver')

const time = z.number().nullable().openapi({ description: 'Milliseconds; null when nobody can say.' })

export const routing = z
  .object({
    decisions: z
      .array(
        z.object({
          at: isoTime,
          agent: agentName,
          reason: z
            .string()
            .nullable()
            .openapi({ example: 'Sarah: Spanish 4, 1 of 3 chats, idle 2 min; Tom skipped: declined' }),
          skipped: z.array(passedOver).readonly(),
          outcome: z.enum(['open', 'accepted', 'declined', 'missed', 'withdrawn']).openapi({
            description:
              '`missed`: nobody answered in time. `withdrawn`: the agent went away, somebody else took it, or the ' +
              'customer no longer waits.',
          }),
        }),
      )
      .readonly()
      .openapi({ description: 'Every offer that was made, the earliest first.' }),
    now: z
      .object({
        position: z.int(),
        expected: time,
        within: time,
        fits: z
          .array(z.object({ agent: agentName, room: z.boolean(), why: z.string() }))
          .readonly()
          .openapi({ description: 'Who could have it.' }),
        lacks: z.array(passedOver).readonly().openapi({ description: 'Who of its teams could not, and why.' }),
      })
      .nullable()
      .openapi({ description: 'Why it waits; null when it does not wait for a person.' }),
  })
  .openapi('Routing')
