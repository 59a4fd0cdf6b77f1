import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reply } from '#server/replies/replies.ts'
import type { Caller } from '#test/driver/server.ts'
import { at } from '../http/world.ts'
import { openStage, writeData, type Answered, type Stage } from './stage.ts'

let stage: Stage
let model: Server
let answers: (body: string, authorization: string | undefined) => { readonly status: number; readonly body: string }
const asked: string[] = []
const say = (content: string) => ({
  status: 200,
  body: JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }),
})

beforeAll(async () => {
  answers = () => say('')
  model = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    asked.push(body)
    const answer =
      request.url === '/v1/chat/completions' ? answers(body, request.headers.authorization) : { status: 404, body: '' }
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body)
  })
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve))
  // It listens on a port, never on a pipe.
  const { port } = model.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/v1/`
  stage = await openStage({
    SUGGEST_URL: url,
    SUGGEST_KEY: 'sk-test',
    SUGGEST_MODEL: 'small',
    OUTBOUND_ALLOW: `127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
  })
})
afterAll(async () => {
  await stage.close()
  await new Promise((resolve) => model.close(resolve))
})

const repliesTo = async (path: string, caller: Caller, query = ''): Promise<readonly Reply[]> =>
  ((await caller.call('GET', `${path}/replies${query}`)) as { items: readonly Reply[] }).items
const put = (id: string, json: object, headers: Record<string, string> = {}): Promise<Answered> =>
  stage.send(`/v1/canned-replies/${id}`, { method: 'PUT', key: stage.server.admin.key, json, headers })

describe('Replies that are kept ready', () => {
  test('are saved with an etag, read, listed and removed, and stand in a file that a person may edit', async () => {
    const saved = await put('refund', {
      shortcut: 'refund',
      title: 'Refund sent',
      text: 'Dear {{ customer.name }}, it is on its way. {{ agent.name }}',
    })
    expect(saved).toMatchObject({ status: 200, body: { id: 'refund', shortcut: 'refund' } })
    const tag = String(saved.headers.get('etag'))
    expect(
      await put('refund', { shortcut: 'refund', title: 'B', text: 'B' }, { 'If-Match': '"another"' }),
    ).toMatchObject({ status: 412, body: { code: 'version-mismatch' } })
    expect(await put('refund', { shortcut: 'refund', title: 'B', text: 'B' }, { 'If-None-Match': '*' })).toMatchObject({
      status: 412,
    })
    expect(
      (
        await put(
          'refund',
          { shortcut: 'refund', title: 'Refund sent!', text: 'Hi {{ customer.name }}, {{ agent.name }} here.' },
          { 'If-Match': tag },
        )
      ).status,
    ).toBe(200)
    const file = join(stage.folder, 'canned-replies.json')
    const kept = JSON.parse(await readFile(file, 'utf8')) as object[]
    await writeFile(
      file,
      JSON.stringify([
        ...kept,
        { id: 'vip', shortcut: 'vip', title: 'For VIPs', text: 'x', teams: ['vip'] },
        { id: 'hours', shortcut: 'hours', title: 'When we are open', text: 'From 9 to 5, {{ queue.position }}' },
      ]),
    )
    // A file that a person edits counts from the next look on, twice a second.
    const ids = async () => {
      const { items } = (await stage.server.admin.call('GET', '/v1/canned-replies')) as { items: { id: string }[] }
      return items.map((each) => each.id)
    }
    await expect.poll(ids).toEqual(['refund', 'vip', 'hours'])
    expect(
      (await stage.send('/v1/canned-replies/hours', { method: 'DELETE', key: stage.server.admin.key })).status,
    ).toBe(204)
    expect((await stage.send('/v1/canned-replies/hours', { key: stage.server.admin.key })).status).toBe(404)
    expect(
      (
        await put('hours', {
          shortcut: 'hours',
          title: 'When we are open',
          text: 'You are number {{ queue.position }}.',
        })
      ).status,
    ).toBe(200)
    // A fault in the file loses nothing that was there.
    const before = await readFile(file, 'utf8')
    await writeFile(file, before.replace('"shortcut"', '"shortcoat"'))
    expect((await stage.send('/v1/canned-replies/refund', { key: stage.server.admin.key })).status).toBe(200)
    await writeFile(file, before)
  })

  test('are refused with the place and the cure when a text cannot be filled in or a shortcut is taken', async () => {
    expect(await put('broken', { shortcut: 'broken', title: 'Broken', text: 'Hello {{ customer.name' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/text' }] },
    })
    expect(await put('second', { shortcut: 'refund', title: 'Second', text: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/shortcut' }] },
    })
    for (const wrong of [{ shortcut: 'two words' }, { shortcut: '' }, { title: '' }, { text: '' }, { more: 1 }])
      expect((await put('second', { shortcut: 'second', title: 'S', text: 'S', ...wrong })).status).toBe(422)
    const sarah = await stage.agent('sarah', 'Sarah')
    await expect(sarah.call('PUT', '/v1/canned-replies/x', { shortcut: 'x', title: 'x', text: 'x' })).rejects.toThrow(
      '403',
    )
  })

  test('are found by what an agent types and filled in as that agent would say them; those of other teams are not', async () => {
    const { path } = await stage.waiting('typed', { name: 'Ann {{ vars.x }}' })
    const sarah = await stage.agent('sarah', 'Sarah')
    expect(await repliesTo(path, sarah, '?q=ref')).toEqual([
      { id: 'canned:refund', source: 'canned', title: 'Refund sent!', text: 'Hi Ann {{ vars.x }}, Sarah here.' },
    ])
    expect((await repliesTo(path, sarah, '?q=')).map((each) => each.id)).toEqual(['canned:hours', 'canned:refund'])
    expect((await repliesTo(path, sarah, '?q=/open')).map((each) => each.text)).toEqual([
      expect.stringMatching(/^You are number \d+\.$/),
    ])
    expect(await repliesTo(path, sarah, '?q=nothing')).toEqual([])
    expect(await repliesTo(path, sarah, '?q=&limit=1')).toHaveLength(1)
    const { token } = await stage.waiting('not-mine')
    expect((await stage.send(`${path}/replies`, { key: token })).status).toBe(403)
  })
})

describe('Suggestions', () => {
  async function resolved(id: string, text: string, answer: string, nlu: object): Promise<void> {
    await stage.server.admin.call('POST', '/v1/conversations', { flow: 'support', id, customer: { name: 'Bob' } })
    const [sarah, path] = [await stage.agent('sarah', 'Sarah'), `/v1/conversations/${id}`]
    await stage.server.admin.call('POST', `${path}/events`, { type: 'customer.message', text, nlu })
    await stage.server.admin.call('POST', `${path}/events`, {
      type: 'customer.message',
      text: `${text}, a human please`,
    })
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: answer })
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: 'Bye!' })
    await sarah.call('POST', `${path}/events`, { type: 'agent.resolve', resolution: 'sent again' })
  }

  test('are what the bot thought, what helped in the conversations most alike and why, and what a model would say', async () => {
    await resolved('old-1', 'My parcel with the teapot is late', 'Your parcel is in Leipzig; it comes tomorrow.', {
      intent: 'late_parcel',
    })
    await resolved('old-2', 'The invoice shows a wrong address', 'I have corrected the address on your invoice.', {
      intent: 'invoice',
    })
    await stage.server.admin.call('POST', '/v1/conversations', {
      flow: 'support',
      id: 'new',
      customer: { name: 'Ann' },
    })
    const path = '/v1/conversations/new'
    await stage.server.admin.call('POST', `${path}/events`, {
      type: 'customer.message',
      text: 'Where is my parcel?',
      nlu: { intent: 'late_parcel' },
    })
    await stage.server.admin.call('POST', `${path}/events`, {
      type: 'bot.message',
      text: 'I do not know.',
      suggestedResolution: 'Look into the tracking.',
    })
    await stage.server.admin.call('POST', `${path}/events`, {
      type: 'customer.message',
      text: 'A human please, about my parcel',
    })
    answers = (body, authorization) =>
      authorization === 'Bearer sk-test' && at(JSON.parse(body), 'model') === 'small'
        ? say('  Let me look. ')
        : { status: 401, body: '' }
    const sarah = await stage.agent('sarah', 'Sarah')
    const replies = await repliesTo(path, sarah)
    expect(replies).toEqual([
      { id: 'package', source: 'package', title: 'Suggested by the bot', text: 'Look into the tracking.' },
      {
        id: 'similar:old-1',
        source: 'similar',
        title: 'Helped in a similar conversation',
        text: 'Your parcel is in Leipzig; it comes tomorrow.',
        because: expect.stringMatching(
          /^Sarah resolved conversation old-1 \(“sent again”\): it was about “late parcel” too, and the customer also wrote .*“parcel”/,
        ),
      },
      { id: 'model', source: 'model', title: 'Suggested by the model', text: 'Let me look.' },
    ])
    expect(asked.at(-1)).toContain('Where is my parcel?')
    expect(await repliesTo(path, sarah, '?limit=1')).toHaveLength(1)
  })

  test('are there without the model’s when it fails, is nonsense, or has nothing to say', async () => {
    const sarah = await stage.agent('sarah', 'Sarah')
    for (const answer of [
      { status: 500, body: '' },
      { status: 200, body: 'no json' },
      { status: 200, body: '{"choices":[]}' },
      say('   '),
    ]) {
      answers = () => answer
      expect((await repliesTo('/v1/conversations/new', sarah)).map((each) => each.source)).toEqual([
        'package',
        'similar',
      ])
    }
  })

  test('never come from another flow’s or an unresolved conversation, and are none where nothing is alike', async () => {
    const { path } = await stage.waiting('unlike')
    answers = () => say('')
    expect(await repliesTo(path, await stage.agent('sarah', 'Sarah'))).toEqual([])
    await expect(repliesTo('/v1/conversations/none', stage.server.admin)).rejects.toThrow('404')
  })
})

test('what the file holds besides is named with its place', async () => {
  await writeData(stage, 'canned-replies.json', [
    { id: 'a', shortcut: 'a', title: 'A', text: 'A' },
    { id: 'a', shortcut: 'b', title: 'B', text: 'B' },
  ])
  const { items } = (await stage.server.admin.call('GET', '/v1/canned-replies')) as { items: object[] }
  expect(items.length).toBeGreaterThan(1)
})
