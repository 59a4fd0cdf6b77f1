import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EffectOf } from '#engine/index.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const message = (channel: string): EffectOf<'message'> => ({
  ...{ id: 'c-1:4:0', type: 'message', seq: 2, from: 'bot', text: 'Good day', channel },
})

test('what is said on a channel that was taken away since fails with the cure, so that nobody believes it delivered', async () => {
  await world.run(message('whatsapp'))
  expect(world.outside.received.map(({ path }) => path)).toEqual(['/whatsapp'])
  await expect(world.run(message('sms'))).rejects.toThrow(/“sms” .* channels\.json/)
  expect(world.outside.received).toHaveLength(1)
})

test('what is read on the web, or carried by whoever calls the API, needs no delivery', async () => {
  expect(world.effects.message.needs(message('web'))).toBe('nothing')
  expect(world.effects.message.needs(message('sms'))).toBe('nothing')
  await world.run(message('web'))
  expect(world.outside.received).toEqual([])
})
