import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Attachment } from '#engine/index.ts'
import { at } from '../http/world.ts'
import { openStage, type Answered, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 2, 3])
const bytesOf = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size))
const sendFile = (
  path: string,
  key: string,
  name: string,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answered> =>
  stage.send(`${path}/attachments?name=${encodeURIComponent(name)}`, {
    key,
    bytes,
    headers: { 'Content-Type': type, ...headers },
  })
const fileOf = (answer: Answered): Attachment => answer.body as Attachment

describe('A file', () => {
  test('comes back as it was sent, byte by byte, up to 10 MB, to customer and staff', async () => {
    const { path, token } = await stage.waiting('bytes')
    for (const size of [1, 70_000, 10_000_000]) {
      const bytes = bytesOf(size)
      const sent = await sendFile(path, token, 'report.pdf', 'application/pdf', bytes)
      expect(sent).toMatchObject({ status: 201, body: { name: 'report.pdf', type: 'application/pdf', size } })
      for (const key of [token, stage.server.admin.key]) {
        const got = await stage.send(`${path}/attachments/${fileOf(sent).id}`, { key })
        expect(got.status).toBe(200)
        expect(Buffer.compare(got.bytes, bytes)).toBe(0)
      }
    }
    expect(await sendFile(path, token, 'big', 'application/zip', bytesOf(10_000_001))).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    })
    expect((await sendFile(path, token, 'none', 'text/plain', new Uint8Array())).status).toBe(422)
  })

  test('is shown in place when it is a picture by its own bytes, and saved otherwise; nothing in it is ever run', async () => {
    const { path, token } = await stage.waiting('kinds')
    const shown = async (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
      const sent = await sendFile(path, token, name, type, bytes)
      const { headers } = await stage.send(`${path}/attachments/${fileOf(sent).id}`, { key: token })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
      return [headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]]
    }
    const script = new TextEncoder().encode('<script>alert(1)</script>')
    expect(await shown('a.png', 'image/png', PNG)).toEqual(['image/png', 'inline'])
    expect(await shown('a.png', 'image/png; charset=x', PNG)).toEqual(['image/png', 'inline'])
    expect(await shown('a.png', 'image/png', script)).toEqual(['application/octet-stream', 'attachment'])
    expect(await shown('a.html', 'text/html', script)).toEqual(['text/html', 'attachment'])
    expect(await shown('a.svg', 'image/svg+xml', script)).toEqual(['image/svg+xml', 'attachment'])
    expect(await shown('a', 'text/html\u00a0x', script)).toEqual(['application/octet-stream', 'attachment'])
  })

  const hostile: readonly (readonly [string, string])[] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie: x=1.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['"quoted"; filename=evil.exe', '"quoted"; filename=evil.exe'],
    ['..', 'file'],
    ['', 'file'],
    ['日本語 📎 %00.txt', '日本語 📎 %00.txt'],
    [`${'n'.repeat(500)}.tar`, `${'n'.repeat(195)}….tar`],
  ]
  test.each(hostile)('called %j is called %j, as text and in the header', async (given, name) => {
    const { path, token } = await stage.waiting(`name-${randomUUID()}`)
    const sent = await sendFile(path, token, given, 'text/plain', bytesOf(3))
    expect(sent.body).toMatchObject({ name })
    const { headers } = await stage.send(`${path}/attachments/${fileOf(sent).id}`, { key: token })
    const disposition = headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[!-~]+$/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(name)
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('of another conversation does not exist: not to read, not to name in a message', async () => {
    const [mine, theirs] = [await stage.waiting('mine'), await stage.waiting('theirs')]
    const { id } = fileOf(await sendFile(theirs.path, theirs.token, 'secret.txt', 'text/plain', bytesOf(5)))
    for (const address of [
      `${theirs.path}/attachments/${id}`,
      `${mine.path}/attachments/${id}`,
      `${mine.path}/attachments/nothing`,
    ])
      expect((await stage.send(address, { key: mine.token })).status).toBe(404)
    expect((await sendFile(theirs.path, mine.token, 'x', 'text/plain', bytesOf(1))).status).toBe(404)
    const say = (attachments: unknown): Promise<Answered> =>
      stage.send(`${mine.path}/events`, {
        key: mine.token,
        json: { type: 'customer.message', text: 'see', attachments },
      })
    expect(await say([{ id }])).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer: '/attachments/0/id' }] },
    })
    for (const wrong of [[], 'x', [{ id: 7 }], Array(11).fill({ id })]) expect((await say(wrong)).status).toBe(422)
    expect((await stage.send(`${mine.path}/attachments/${id}`)).status).toBe(401)
  })

  test('that is sent again with its key is the same file; another under that key is refused', async () => {
    const { path, token } = await stage.waiting('again')
    const [bytes, key] = [bytesOf(9), { 'Idempotency-Key': randomUUID() }]
    const answers = await Promise.all([1, 2, 3].map(() => sendFile(path, token, 'a.txt', 'text/plain', bytes, key)))
    expect(new Set(answers.map((each) => fileOf(each).id)).size).toBe(1)
    expect(await sendFile(path, token, 'a.txt', 'text/plain', bytesOf(9), key)).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    })
  })

  test('is one of 20 that a customer may send into one conversation, also all at once, and of none into a closed one', async () => {
    const { path, token } = await stage.waiting('many')
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => sendFile(path, token, 'a', 'text/plain', bytesOf(2))),
    )
    expect(answers.filter((each) => each.status === 201)).toHaveLength(20)
    expect(answers.filter((each) => at(each.body, 'code') === 'invalid')).toHaveLength(5)
    expect((await sendFile(path, stage.server.admin.key, 'a', 'text/plain', bytesOf(2))).status).toBe(201)
    const closed = await stage.waiting('shut')
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${closed.path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await sarah.call('POST', `${closed.path}/events`, { type: 'agent.resolve', resolution: 'done' })
    expect(await sendFile(closed.path, closed.token, 'a', 'text/plain', bytesOf(2))).toMatchObject({
      status: 409,
      body: { code: 'closed' },
    })
  })
})

describe('A message', () => {
  test('with a file may say nothing; transcript, log, package and stream show what was stored, not what was claimed', async () => {
    const { path, token } = await stage.waiting('shows')
    const file = fileOf(await sendFile(path, token, 'a.png', 'image/png', PNG))
    const say = (json: object): Promise<Answered> =>
      stage.send(`${path}/events`, { key: token, json: { type: 'customer.message', ...json } })
    expect(await say({ text: '' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/text', message: 'must say something' }] },
    })
    expect(
      (await say({ text: '', attachments: [{ id: file.id, name: 'virus.exe', size: 1, type: 'x' }] })).status,
    ).toBe(200)
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    const answer = fileOf(await sendFile(path, sarah.key, 'label.pdf', 'application/pdf', bytesOf(20)))
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: '', attachments: [{ id: answer.id }] })

    const { messages } = (await stage.send(`${path}/transcript`, { key: token })).body as {
      messages: readonly object[]
    }
    expect(messages.slice(-3)).toMatchObject([
      { from: 'customer', text: '', attachments: [file] },
      { from: 'system' },
      { from: 'agent', text: '', agent: { id: 'sarah' }, attachments: [answer] },
    ])
    for (const place of ['log', 'handoff']) {
      const { text } = await stage.send(`${path}/${place}`, { key: sarah.key })
      expect(text).toContain(file.id)
      expect(text).not.toContain('virus.exe')
    }
    const snapshot = await sarah.call('GET', `${path}/snapshot`)
    expect(at(snapshot, 'memory.lastText')).toBe('I want to talk to a person')
  })
})
