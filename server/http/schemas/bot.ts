import { z } from '@hono/zod-openapi'
import { endpointInput } from '#server/network/index.ts'
import { maybe } from './maybe.ts'

const { name, url, secret } = endpointInput.shape

/** A name in an address. Which names a bot may have is said where one is saved; any other is just not there. */
export const botParam = z.object({
  name: z
    .string()
    .min(1)
    .max(200)
    .openapi({ param: { name: 'name', in: 'path' }, example: 'parcels' }),
})

export const botBody = z
  .strictObject({
    name: maybe(name).openapi({ description: 'As in the address, when it is repeated.', example: 'parcels' }),
    url,
    secret: maybe(secret.unwrap()).openapi({
      type: 'string',
      description: 'Left out, the bot keeps the one it has, or gets a new one.',
    }),
  })
  .openapi('SaveBot', { example: { url: 'https://bots.example.com/parcels' } })

export const botSummary = z.object({ name: z.string(), url: z.string() }).openapi('BotSummary')

export const botView = z
  .object({
    name: z.string(),
    url: z.string(),
    secret: maybe(z.string()).openapi({
      description: 'What signs its requests (Standard Webhooks). Shown to admins only.',
    }),
  })
  .openapi('Bot')
