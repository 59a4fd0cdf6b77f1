/** Two servers on one database: what one changes of who may call, the other knows. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from '../live/stage.ts'

let stage: Stage
let other: Awaited<ReturnType<Stage['another']>>

beforeAll(async () => {
  stage = await openStage()
  other = await stage.another()
})
afterAll(() => stage.close())

/** Listens at the other server until it ends the stream. */
async function listening(key: string, path: string) {
  const controller = new AbortController()
  const stream = await other.with(key).listen(path, controller.signal)
  let text = ''
  const over = (async () => {
    for await (const piece of stream) text += piece
  })()
  const first = async (): Promise<void> => {
    while (!text.includes('event:')) await new Promise((resolve) => setImmediate(resolve))
  }
  await first()
  return { over, text: () => text }
}

test('open streams of a revoked key, a disabled person and ended tokens are ended by the other server, with the reason', async () => {
  const { admin } = stage.server
  // What the routes answer.
  const key = (await admin.call('POST', '/v1/keys', { role: 'supervisor' })) as { id: string; key: string }
  const made = (await admin.call('POST', '/v1/users', { name: 'Sue', role: 'supervisor' })) as {
    id: string
    password: string
  }
  const session = (await other.admin.call('POST', '/v1/session', { name: 'Sue', password: made.password })) as {
    key: string
  }
  const { path, token } = await stage.waiting('chat-1')
  const streams = [
    await listening(key.key, '/v1/desk/stream'),
    await listening(session.key, '/v1/desk/stream'),
    await listening(session.key, `${path}/stream`),
    await listening(token, `${path}/stream`),
  ]
  await admin.call('DELETE', `/v1/keys/${key.id}`)
  await admin.call('PUT', `/v1/users/${made.id}`, { name: 'Sue', role: 'supervisor', disabled: true })
  await admin.call('POST', '/v1/tokens/rotate', { overlap: '0s' })
  await Promise.all(streams.map(({ over }) => over))
  for (const { text } of streams) expect(text()).toMatch(/event: ended\ndata: \{"reason":"/)
  for (const dead of [key.key, session.key, token])
    await expect(other.with(dead).call('GET', '/v1/keys/self')).rejects.toMatchObject({ status: 401 })
})
