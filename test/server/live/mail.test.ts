import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transcriptMail } from '#server/mail/transcript.ts'
import { decoded, startMailServer, type MailServer } from './mail-server.ts'
import { openStage, type Answered, type Stage } from './stage.ts'

let mail: MailServer
let stage: Stage
beforeAll(async () => {
  mail = await startMailServer()
  stage = await openStage({ SMTP_URL: mail.url, MAIL_FROM: 'Kiln & Ash <chat@shop.example>', LOG_LEVEL: 'silent' })
})
afterAll(async () => {
  await stage.close()
  await mail.close()
})

const ask = (path: string, token: string, json: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
  stage.send(`${path}/transcript/email`, { key: token, json, headers })
/** As when a server died after it had sent a mail and before its job was over. */
async function runAgain(recipient: string): Promise<void> {
  const client = new Client({ connectionString: stage.databaseUrl })
  await client.connect()
  await client.query(
    `select graphile_worker.add_job('mail', json_build_object('mail', id)) from baton.mails where recipient = $1`,
    [recipient],
  )
  await client.end()
}
const to = (address: string) => mail.received.filter((each) => each.to.includes(address))

describe('The transcript by e-mail', () => {
  test('reaches the address that the customer names, with all that was said and nothing else', async () => {
    const { path, token } = await stage.waiting('mail-1')
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await sarah.call('POST', `${path}/events`, { type: 'agent.note', text: 'a secret of ours' })
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: 'Grüß dich <b>Ann</b> & Co ✓' })
    expect(await ask(path, token, { to: 'ann@home.example' })).toMatchObject({
      status: 202,
      body: { to: 'ann@home.example' },
    })
    await expect.poll(() => to('ann@home.example').length).toBe(1)
    const [{ from, source } = { from: '', source: '' }] = to('ann@home.example')
    expect(from).toBe('chat@shop.example')
    expect(source).toMatch(/^From: "?Kiln & Ash"? <chat@shop\.example>$/m)
    expect(source).toMatch(/^Subject: Your conversation with us, /m)
    expect(source).toMatch(/^Message-ID: <transcript-[\w-]+@shop\.example>$/im)
    expect(source).toMatch(/^Auto-Submitted: auto-generated$/im)
    const text = decoded(source)
    for (const said of [
      'Hello.',
      'I want to talk to a person',
      'Grüß dich <b>Ann</b> & Co ✓',
      'Grüß dich &lt;b&gt;Ann&lt;/b&gt; &amp; Co ✓',
      'Sarah (',
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('secret')
  })

  test('goes to the known address where none is named, and says what is missing where none is known', async () => {
    const known = await stage.waiting('mail-2', { email: 'bob@home.example' })
    expect(await ask(known.path, known.token)).toMatchObject({ status: 202, body: { to: 'bob@home.example' } })
    await expect.poll(() => to('bob@home.example').length).toBe(1)
    const unknown = await stage.waiting('mail-3')
    expect(await ask(unknown.path, unknown.token)).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer: '/to' }] },
    })
    for (const wrong of [
      'nobody',
      'a@b.example, c@d.example',
      'a@b.example\r\nBcc: all@x.example',
      'Ann <a@b.example>',
    ])
      expect((await ask(unknown.path, unknown.token, { to: wrong })).status).toBe(422)
    expect((await ask(unknown.path, known.token, { to: 'bob@home.example' })).status).toBe(404)
  })

  test('is tried again when the mail server says later, and sent once', async () => {
    const { path, token } = await stage.waiting('mail-4')
    mail.answerNext(451)
    const before = mail.tries()
    const headers = { 'Idempotency-Key': 'the-same-mail' }
    for (const _ of [1, 2]) expect((await ask(path, token, { to: 'cleo@home.example' }, headers)).status).toBe(202)
    await expect.poll(() => to('cleo@home.example').length).toBe(1)
    expect(mail.tries() - before).toBe(2)
    // Asked for again, and its job run once more as after a crash, it is found sent.
    expect((await ask(path, token, { to: 'cleo@home.example' }, headers)).status).toBe(202)
    await runAgain('cleo@home.example')
    await ask(path, token, { to: 'later@home.example' })
    await expect.poll(() => to('later@home.example').length).toBe(1)
    expect(to('cleo@home.example')).toHaveLength(1)
  })

  test('that the mail server refuses for good is given up at once, and holds up no other', async () => {
    const { path, token } = await stage.waiting('mail-5')
    mail.answerNext(550)
    const before = mail.tries()
    await ask(path, token, { to: 'gone@home.example' })
    await expect.poll(() => mail.tries() - before).toBe(1)
    await ask(path, token, { to: 'here@home.example' })
    await expect.poll(() => to('here@home.example').length).toBe(1)
    expect(mail.tries() - before).toBe(2)
    expect(to('gone@home.example')).toEqual([])
  })

  test('is sent three times a day of one conversation, also when many are asked for at once', async () => {
    const { path, token } = await stage.waiting('mail-6')
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => ask(path, token, { to: `dora-${index}@home.example` })),
    )
    expect(answers.map((each) => each.status).toSorted()).toEqual([202, 202, 202, 429, 429, 429])
    expect(answers.find((each) => each.status === 429)).toMatchObject({ body: { code: 'too-fast' } })
  })

  test('goes ten times a day to one address, whoever asks in however many conversations at once', async () => {
    const stages = []
    for (let begun = 0; begun < 12; begun++) stages.push(await stage.waiting(`flood-${begun}`))
    const answers = await Promise.all(
      stages.map(({ path, token }, index) =>
        ask(path, token, { to: index % 2 === 0 ? 'eve@home.example' : 'EVE@home.example' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ body: { code: 'too-fast', detail: /10 to this address/ } })
  })
})

test('a server that sends no mail says so, and how to make it', async () => {
  const plain = await openStage()
  const { path, token } = await plain.waiting('mail-7')
  const answer = await plain.send(`${path}/transcript/email`, { key: token, json: { to: 'ann@home.example' } })
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'not-configured', detail: expect.stringContaining('SMTP_URL') },
  })
  await plain.close()
})

test('a transcript speaks the customer’s language, whatever was put for one', () => {
  const message = { seq: 1, at: Date.parse('2026-03-02T10:00:00Z'), from: 'customer', text: '<i>Hallo</i>' } as const
  expect(transcriptMail([message], 'de-AT')).toMatchObject({
    subject: 'Ihr Gespräch mit uns, 2. März 2026',
    body: expect.stringContaining('Sie ('),
  })
  for (const language of ['xx', '', 'not a language', '"><script>', 'constructor']) {
    const { subject, html } = transcriptMail([message], language)
    expect(subject).toMatch(/^Your conversation with us, March 2, 2026$/)
    expect(html).not.toMatch(/<script|<i>/)
  }
  expect(transcriptMail([], 'fr').subject).toBe('Votre conversation avec nous')
})
