/** Administrators at a real browser, against a really started server. */
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { words } from '#desk/words/en.ts'
import { words as signIn } from '#ui/sign-in/words.ts'
import { startMailServer, type MailServer } from '../../server/live/mail-server.ts'
import { member, signsIn } from '../../ui/signing-in.ts'
import { testOffice } from '../office.ts'
import { administratorAt } from './administrator.ts'

const text = words.admin
let mail: MailServer | undefined
const office = testOffice([], async () => {
  mail = await startMailServer()
  return { SMTP_URL: mail.url, MAIL_FROM: 'Shop <chat@shop.example>' }
})

afterEach(() => office.empties())
afterAll(() => mail?.close())

describe('An administrator', () => {
  test('makes a key that works, rotates it, revokes it, and it works no more', async () => {
    const anna = await administratorAt(office, 'keys')
    await anna.button(text.keys.add).click()
    await anna.page.getByLabel(text.keys.name).fill('Parcel bot')
    await anna.button(text.keys.submit).click()
    const first = await anna.takes(text.keys.shown.label)
    expect(await statusFor(first)).toBe(200)
    await anna.row('Parcel bot').waitFor()
    await anna.does(text.keys.rotate, 'Parcel bot')
    await anna.button(text.keys.askRotate.submit).click()
    const second = await anna.takes(text.keys.shown.label)
    expect(second).not.toBe(first)
    expect([await statusFor(first), await statusFor(second)]).toEqual([200, 200])
    await anna.does(text.keys.revoke, 'Parcel bot')
    await anna.button(text.keys.askRevoke.submit).click()
    await anna.row('Parcel bot').waitFor({ state: 'hidden' })
    await expect.poll(() => statusFor(first), { timeout: 10_000 }).toBe(401)
    await expect.poll(() => statusFor(second), { timeout: 10_000 }).toBe(401)
    expect(await anna.page.content()).not.toContain(second)
  })

  test('makes a key that may do two things only, and no other', async () => {
    const anna = await administratorAt(office, 'keys')
    await anna.button(text.keys.add).click()
    await anna.page.getByLabel(text.keys.name).fill('Reader')
    await anna.page.getByLabel(text.keys.role, { exact: true }).selectOption('supervisor')
    await anna.page.getByLabel(text.keys.narrow).check()
    await anna.button(text.keys.submit).click()
    await anna.page.getByRole('alert').getByText('names no right').waitFor()
    await anna.page.getByLabel('List', { exact: true }).check()
    await anna.page.getByLabel('See whom the key speaks for').check()
    await anna.button(text.keys.submit).click()
    const key = await anna.takes(text.keys.shown.label)
    await anna.row('Reader').getByText(text.keys.scopes(2)).waitFor()
    expect([
      await statusFor(key),
      await statusFor(key, '/v1/conversations'),
      await statusFor(key, '/v1/queues'),
    ]).toEqual([200, 200, 403])
  })

  test('adds a person, who signs in with the password that was shown once; disabled, they are told at once', async () => {
    const anna = await administratorAt(office, 'people')
    await anna.button(text.people.add).click()
    await anna.page.getByRole('textbox', { name: text.people.name }).fill('Yusuf')
    await anna.page.getByLabel(text.people.role, { exact: true }).selectOption('supervisor')
    await anna.button(text.people.submitAdd).click()
    const password = await anna.takes(text.people.made.label)
    const yusuf = await office.guest()
    await yusuf.opens('/desk/board')
    await signsIn(yusuf.page, { name: 'Yusuf', password })
    await yusuf.page.getByRole('main', { name: words.board.title }).waitFor()
    await anna.does(text.people.disable, 'Yusuf')
    await anna.button(text.people.askDisable.submit).click()
    await anna.row('Yusuf').getByText(text.people.disabled).waitFor()
    await yusuf.page.getByText(signIn.ended).waitFor()
    await signsIn(yusuf.page, { name: 'Yusuf', password })
    await yusuf.page.getByText(signIn.fault.password).waitFor()
    await anna.does(text.people.enable, 'Yusuf')
    await anna.button(text.people.askEnable.submit).click()
    await anna.row('Yusuf').getByText(text.people.disabled).waitFor({ state: 'hidden' })
    await signsIn(yusuf.page, { name: 'Yusuf', password })
    await yusuf.page.getByText(signIn.ended).waitFor({ state: 'hidden' })
  })

  test('reads beside the field what is wrong with a person, and cannot lock themselves out by a slip', async () => {
    const anna = await administratorAt(office, 'people')
    await member(office.server.admin, { name: 'Taken', role: 'designer' })
    await anna.button(text.people.add).click()
    const name = anna.page.getByRole('textbox', { name: text.people.name })
    const role = anna.page.getByLabel(text.people.role, { exact: true })
    await name.fill('taken')
    await role.selectOption('designer')
    await anna.button(text.people.submitAdd).click()
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')
    await name.fill('Free')
    await role.selectOption('agent')
    await anna.button(text.people.submitAdd).click()
    const agent = anna.page.getByLabel(text.people.agent)
    await expect.poll(() => agent.getAttribute('aria-invalid')).toBe('true')
    await anna.button(text.cancel).click()
    await anna
      .row(anna.name)
      .getByRole('button', { name: text.more(anna.name) })
      .click()
    await anna.page.getByRole('menuitem', { name: text.people.edit }).waitFor()
    expect(await anna.page.getByRole('menuitem', { name: text.people.disable }).count()).toBe(0)
    expect(await anna.page.getByRole('menuitem', { name: text.people.remove }).count()).toBe(0)
  })

  test('reads in the audit log who changed what, and follows one person through it', async () => {
    const dana = await member(office.server.admin, { name: 'Dana Audited', role: 'designer' })
    await office.server.admin.call('PUT', `/v1/users/${dana.id}`, { name: 'Dana Audited', role: 'supervisor' })
    const anna = await administratorAt(office, 'audit')
    const { audit } = text
    const changed = anna.page.getByRole('listitem').filter({ hasText: audit.did['user.changed'] ?? '' })
    await changed
      .getByText(audit.change('role', 'designer', 'supervisor'))
      .first()
      .waitFor()
    await anna.goesTo('people')
    await anna.does(text.people.history, anna.name)
    const entries = anna.page.getByRole('listitem').filter({ has: anna.page.locator('time') })
    await expect.poll(() => entries.count()).toBe(1)
    expect(await entries.innerText()).toContain(`${anna.name} ${audit.alone['session.begun']}`)
    await anna.button(audit.clear).click()
    await expect.poll(() => entries.count()).toBeGreaterThan(1)
  })

  test('tries a dead letter again, which then goes, and sets another aside', async () => {
    mail?.answerNext(550, 550)
    await mails('first@home.example', 'gone-1')
    await mails('second@home.example', 'gone-2')
    const lead = await administratorAt(office, 'dead-letters', { role: 'supervisor' })
    const letters = lead.page.getByRole('listitem', { name: text.letters.types.mail })
    await expect.poll(() => letters.count()).toBe(2)
    const first = letters.filter({ hasText: 'gone-1' })
    await first.getByText('550').waitFor()
    await first.getByRole('button', { name: text.letters.retryOf(text.letters.types.mail) }).click()
    await lead.page.getByText(text.letters.retried).waitFor()
    await first.waitFor({ state: 'hidden' })
    await expect.poll(() => mail?.received.flatMap(({ to }) => to)).toContain('first@home.example')
    await letters.getByRole('button', { name: text.letters.setAsideOf(text.letters.types.mail) }).click()
    await lead.page.getByText(text.letters.none.title).waitFor()
    await lead.page.getByText(text.letters.aside(1)).click()
    await letters.getByRole('link', { name: 'gone-2' }).click()
    await lead.page.getByText('Hello from gone-2').first().waitFor()
  })

  test('who is a supervisor sees to dead letters, and to nothing else here', async () => {
    const lead = await administratorAt(office, 'people', { role: 'supervisor' })
    await lead.page.getByText(text.notYours.title).waitFor()
    expect(await lead.page.getByRole('link', { name: text.parts.keys }).count()).toBe(0)
    await lead.button(text.parts['dead-letters']).click()
    await lead.page.getByRole('heading', { name: text.parts['dead-letters'] }).waitFor()
  })

  test('gives a customer everything as a file, erases it when the id is typed out, and keeps the proof', async () => {
    const { admin } = office.server
    await admin.call('POST', '/v1/conversations', { flow: 'ecommerce', id: 'of-eleni', customer: { id: 'Eleni/7' } })
    await admin.call('POST', '/v1/conversations/of-eleni/events', { type: 'customer.message', text: 'My secret gift' })
    const anna = await administratorAt(office, 'customers')
    const field = anna.page.getByRole('textbox', { name: text.customers.id })
    await field.fill('nobody at all')
    await field.press('Enter')
    await anna.page.getByText(text.customers.unknown('nobody at all')).waitFor()
    await field.fill('Eleni/7')
    await field.press('Enter')
    await anna.page.getByText(text.customers.conversations(1)).first().waitFor()
    const file = anna.page.waitForEvent('download')
    await anna.button(text.customers.save).click()
    expect(await read(await file)).toContain('My secret gift')
    await anna.button(text.customers.erase).click()
    const typed = anna.page.getByRole('dialog').getByRole('textbox')
    await typed.fill('Eleni')
    await anna.button(text.customers.ask.submit).click()
    await anna.page.getByText(text.customers.ask.wrong).waitFor()
    await typed.fill('Eleni/7')
    await anna.button(text.customers.ask.submit).click()
    await anna.page.getByText(text.customers.erased.title).waitFor()
    const saved = anna.page.waitForEvent('download')
    await anna.button(text.customers.erased.save).click()
    const proof: unknown = JSON.parse(await read(await saved))
    expect(proof).toMatchObject({ id: 'Eleni/7', conversations: 1, proof: expect.stringMatching(/.{20,}/) })
    expect(await statusFor(admin.key, '/v1/conversations/of-eleni')).toBe(404)
    const past = anna.page.getByRole('region', { name: text.customers.past })
    await past.getByText(text.customers.conversations(1)).waitFor()
    expect(await past.innerText()).not.toContain('Eleni')
  })
})

test('everything that the server writes into the audit log reads as a sentence', async () => {
  const document: unknown = await (await fetch(`${office.server.url}/openapi.json`)).json()
  const actions = [...JSON.stringify(document).matchAll(/"x-audit":"([^"]+)"/g)].map(([, action]) => action ?? '')
  expect(actions.length).toBeGreaterThan(20)
  const { did, alone, kinds } = text.audit
  expect(actions.filter((action) => !(action in did) && !(action in alone))).toEqual([])
  expect(actions.filter((action) => !(action.slice(0, action.indexOf('.')) in kinds))).toEqual([])
})

/** A customer of a conversation of their own asks for its transcript. */
async function mails(to: string, id: string): Promise<void> {
  const { admin } = office.server
  await admin.call('POST', '/v1/conversations', { flow: 'ecommerce', id })
  await admin.call('POST', `/v1/conversations/${id}/events`, { type: 'customer.message', text: `Hello from ${id}` })
  await admin.call('POST', `/v1/conversations/${id}/transcript/email`, { to })
}

async function statusFor(key: string, path = '/v1/keys/self'): Promise<number> {
  const answer = await fetch(`${office.server.url}${path}`, { headers: { Authorization: `Bearer ${key}` } })
  return answer.status
}

async function read(download: { path(): Promise<string> }): Promise<string> {
  return readFile(await download.path(), 'utf8')
}
