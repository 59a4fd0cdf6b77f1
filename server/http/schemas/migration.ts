import { z } from '@hono/zod-openapi'
import type { Flow } from '#engine/index.ts'
import { documentOf, maybe } from './maybe.ts'

const version = z.int().min(1)
const state = z.string().openapi({ description: '`<phase>.<node>`.', example: 'queued.billing' })
const count = z.int().openapi({ description: 'How many conversations.' })
const why = z.string().openapi({ description: 'Ends the sentence “It stays, because …”.' })

export const previewBody = z.strictObject({
  flow: maybe(documentOf<Flow>()).openapi({ type: 'object', description: 'A draft that is not saved.' }),
  version: maybe(version).openapi({ description: 'A published version.' }),
})

export const migrationPreview = z
  .object({
    moves: z
      .array(
        z.object({
          from: z.int().openapi({ description: 'The version on which they run.' }),
          state,
          to: state,
          count,
          notes: z
            .array(z.string())
            .readonly()
            .openapi({ description: 'What the move leaves as it was, or ends: deadlines.' }),
        }),
      )
      .readonly(),
    stays: z
      .array(
        z.object({
          from: z.int(),
          state,
          count,
          why,
          conversations: z.array(z.string()).readonly().openapi({ description: 'The first 20 of them.' }),
        }),
      )
      .readonly(),
  })
  .openapi('MigrationPreview')

export const moveBody = z.strictObject({
  version: maybe(version).openapi({ description: 'Where to; the live version when left out.' }),
  conversations: maybe(z.array(z.string().min(1).max(200)).max(1_000).readonly()).openapi({
    description: 'Only these; all that run on other versions when left out.',
  }),
  limit: maybe(z.int().min(1).max(1_000)).openapi({ description: 'How many are moved at most; 200 when left out.' }),
})

export const moved = z
  .object({
    moved: z.array(z.string()).readonly().openapi({ description: 'Those that run on the version now.' }),
    stayed: z
      .array(z.object({ conversation: z.string(), why }))
      .readonly()
      .openapi({ description: '1,000 are listed at most.' }),
    left: z.int().openapi({ description: 'How many were not looked at any more; ask again for them.' }),
  })
  .openapi('MovedConversations')
