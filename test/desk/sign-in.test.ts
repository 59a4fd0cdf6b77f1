/** Agents sign in and out at the desk, at a real browser, against a really started server. */
import { afterEach, describe, expect, test } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { words } from '#ui/sign-in/words.ts'
import type { Staff } from '../driver/staff.ts'
import { member, signsIn, type Member } from '../ui/signing-in.ts'
import { testOffice } from './office.ts'

const office = testOffice()
let members = 0

afterEach(() => office.empties())

describe('An agent', () => {
  test('signs in with name and password, and is where the address said', async () => {
    const sarah = await newcomer('Sarah')
    const at = await office.guest()
    await at.opens('/desk/promises')
    await signsIn(at.page, sarah)
    await at.page.getByRole('main', { name: desk.promises.title }).waitFor()
    expect(at.page.url()).toBe(`${office.server.url}/desk/promises`)
    await at.button(/You are/).waitFor()
  })

  test('can have the browser fill in name and password', async () => {
    const at = await office.guest()
    await at.opens()
    const field = (name: string) => at.page.locator(`form input[name="${name}"]`)
    expect(await field('username').getAttribute('autocomplete')).toBe('username')
    expect(await field('password').getAttribute('autocomplete')).toBe('current-password')
    expect(await field('username').evaluate((input) => input === document.activeElement)).toBe(true)
  })

  test('is told what to do when the password is wrong, and writes it anew at once', async () => {
    const { name } = await newcomer('Wanda')
    const at = await office.guest()
    await at.opens()
    await signsIn(at.page, { name, password: 'not what it is at all' })
    await at.page.getByRole('alert').getByText(words.fault.password).waitFor()
    const password = at.page.getByLabel(words.password, { exact: true })
    expect(await password.evaluate((input) => input === document.activeElement)).toBe(true)
    await at.button(words.submit).waitFor()
  })

  test('who tried too often is told how long to wait, and may try again after it', async () => {
    const at = await office.guest()
    await at.page.clock.install()
    await at.page.route('**/v1/session', (route) =>
      route.fulfill({ status: 429, headers: { 'Retry-After': '42' }, json: { detail: 'Too many tries' } }),
    )
    await at.opens()
    await signsIn(at.page, { name: 'Sarah', password: 'whatever it may have been' })
    await at.page.getByText(words.fault.tooFast('42 s')).waitFor()
    expect(await at.button(`${words.submit} (42 s)`).isDisabled()).toBe(true)
    await at.page.clock.runFor(43_000)
    await at.button(words.submit).waitFor()
    expect(await at.button(words.submit).isDisabled()).toBe(false)
    expect(await at.page.getByRole('alert').count()).toBe(0)
  })

  test('is told that Caps Lock is on', async () => {
    const at = await office.guest()
    await at.opens()
    const password = at.page.getByLabel(words.password, { exact: true })
    await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true })
    await at.page.getByText(words.capsLock).waitFor()
    await password.dispatchEvent('keyup', { key: 'a' })
    await at.page.getByText(words.capsLock).waitFor({ state: 'hidden' })
  })

  test('is told that the server is away, and signs in once it is back', async () => {
    const at = await office.guest()
    await at.page.route('**/v1/session/ways', (route) => route.abort())
    await at.opens()
    await at.page.getByText(words.away.title).waitFor()
    await at.page.unroute('**/v1/session/ways')
    await at.button(words.away.again).click()
    await signsIn(at.page, await newcomer('Late'))
    await at.button(/You are/).waitFor()
  })

  test('whose session ends while a draft stands is told so, signs in again and finds it', async () => {
    const member = await newcomer('Drafty')
    const at = await atWork(member)
    await at.field.fill('I am looking into')
    await endSessionsOf(member)
    await at.page.getByText(words.ended).waitFor()
    expect(await isReachable(at.field)).toBe(false)
    await at.page.keyboard.press('Escape')
    await at.page.keyboard.press('Escape')
    await at.page.getByText(words.ended).waitFor()
    await signsIn(at.page, await newPassword(member))
    await at.page.getByText(words.ended).waitFor({ state: 'hidden' })
    expect(await at.field.inputValue()).toBe('I am looking into')
    await at.field.press('Enter')
    await at.seesOnce('I am looking into')
  })

  test('whose session ends in the middle of a dialog goes on in it', async () => {
    const member = await newcomer('Midway')
    const at = await atWork(member)
    await at.button(desk.conversation.act.transfer).first().click()
    const note = at.page.getByRole('dialog').getByRole('textbox').last()
    await note.fill('She waits for a refund')
    await endSessionsOf(member)
    await at.page.getByText(words.ended).waitFor()
    await signsIn(at.page, await newPassword(member))
    await at.page.getByText(words.ended).waitFor({ state: 'hidden' })
    expect(await note.inputValue()).toBe('She waits for a refund')
  })

  test('who signs in at a page that another was signed out of begins a page of their own', async () => {
    const first = await newcomer('First')
    const at = await atWork(first)
    await at.field.fill('Only mine')
    await endSessionsOf(first)
    await at.page.getByText(words.ended).waitFor()
    await signsIn(at.page, await newcomer('Second'))
    await at.page.getByText(words.ended).waitFor({ state: 'hidden' })
    await at.button(/^Second/).waitFor()
    expect(await at.page.getByText('Only mine').count()).toBe(0)
    expect(
      await at.page.getByRole('textbox').evaluateAll((fields) => fields.map((field) => Reflect.get(field, 'value'))),
    ).not.toContain('Only mine')
  })

  test('whose session ends before a message is taken does not have it sent in the name of who signs in next', async () => {
    const first = await newcomer('Waiter')
    const at = await atWork(first)
    const senders = new Set<string | undefined>()
    const key = await at.page.evaluate(() => localStorage.getItem('baton.key'))
    await at.page.route('**/events', (route) => {
      if (route.request().postData()?.includes('From the first'))
        senders.add(route.request().headers()['authorization'])
      return route.abort()
    })
    await at.writes('From the first')
    await at.button(desk.conversation.act.transfer).first().click()
    await at.page.getByRole('dialog').waitFor()
    await endSessionsOf(first)
    await at.page.getByText(words.ended).waitFor()
    await signsIn(at.page, await newcomer('Successor'))
    await at.page.getByText(words.ended).waitFor({ state: 'hidden' })
    await at.button(/^Successor/).waitFor()
    expect([...senders]).toEqual([`Bearer ${key}`])
    expect(await at.page.getByRole('dialog').count()).toBe(0)
    await at.page.unrouteAll({ behavior: 'ignoreErrors' })
    await signsOut(at)
    await signsIn(at.page, await newPassword(first))
    await at.list.getByRole('link', { name: /Eleni/ }).first().click()
    await at.seesOnce('From the first')
  })

  test('who leads at a device that others lead at too finds what they wrote, and nothing of the others', async () => {
    const { admin } = office.server
    const [ada, grace] = [
      await member(admin, { name: `Ada ${(members += 1)}`, role: 'supervisor' }),
      await member(admin, { name: `Grace ${members}`, role: 'supervisor' }),
    ]
    const { page } = await atWork(await newcomer('Holder'))
    const at = await office.guest()
    const opensAs = async (person: Member): Promise<void> => {
      await at.opens(new URL(page.url()).pathname)
      await signsIn(at.page, person)
      await at.field.waitFor()
    }
    await opensAs(ada)
    await at.field.fill('Only Ada’s')
    await signsOut(at)
    await opensAs(grace)
    expect(await at.field.inputValue()).toBe('')
    await signsOut(at)
    await opensAs(ada)
    expect(await at.field.inputValue()).toBe('Only Ada’s')
  })

  test('who signs out in one tab is signed out in the other, and in again at both', async () => {
    const at = await office.guest()
    const member = await newcomer('Twotabs')
    await at.opens()
    await signsIn(at.page, member)
    await at.button(/You are/).waitFor()
    const other = await at.device.tab()
    await other.goto(`${office.server.url}/desk/promises`)
    await other.getByRole('button', { name: /You are/ }).click()
    await other.getByRole('menuitem', { name: desk.shell.signOut }).click()
    await other.getByLabel(words.name, { exact: true }).waitFor()
    await at.page.getByLabel(words.name, { exact: true }).waitFor()
    await signsIn(at.page, member)
    await other.getByRole('button', { name: /You are/ }).waitFor()
  })

  test('whose session was ended by signing out cannot go on with it anywhere', async () => {
    const at = await office.guest()
    await at.opens()
    await signsIn(at.page, await newcomer('Leaver'))
    await at.button(/You are/).click()
    const key = await at.page.evaluate(() => localStorage.getItem('baton.key'))
    await at.named('menuitem', desk.shell.signOut).click()
    await at.page.getByLabel(words.name, { exact: true }).waitFor()
    expect(await at.page.evaluate(() => localStorage.getItem('baton.key'))).toBeNull()
    await expect.poll(() => statusFor(key ?? '')).toBe(401)
  })

  test('changes the own password: a wrong one changes nothing, the right one signs out everywhere else', async () => {
    const member = await newcomer('Changer')
    const at = await office.guest()
    const elsewhere = await office.guest()
    for (const { opens, page } of [at, elsewhere]) {
      await opens()
      await signsIn(page, member)
      await page.getByRole('button', { name: /You are/ }).waitFor()
    }
    await at.button(/You are/).click()
    await at.named('menuitem', desk.actions.password).click()
    const { change } = words
    const next = 'purple lantern over seven hills'
    const dialog = at.page.getByRole('dialog')
    await dialog.getByLabel(change.now, { exact: true }).fill('not this one, surely')
    await dialog.getByLabel(change.next, { exact: true }).fill(next)
    await dialog.getByRole('button', { name: change.submit }).click()
    await dialog.getByText('The present password is wrong').or(dialog.getByText(words.fault.change)).waitFor()
    await dialog.getByLabel(change.now, { exact: true }).fill(member.password)
    await dialog.getByRole('button', { name: change.submit }).click()
    await dialog.getByText(change.done).waitFor()
    await elsewhere.page.getByText(words.ended).waitFor()
    await signsIn(elsewhere.page, { name: member.name, password: next })
    await elsewhere.page.getByText(words.ended).waitFor({ state: 'hidden' })
  })

  test('of a house with a provider goes there, and comes back by a code that is gone from the address at once', async () => {
    const at = await office.guest()
    await at.page.route('**/v1/session/ways', (route) =>
      route.fulfill({ json: { password: true, oidc: { name: 'Example Inc.' } } }),
    )
    await at.opens('/desk/promises')
    const way = at.page.getByRole('link', { name: words.provider('Example Inc.') })
    expect(await way.getAttribute('href')).toBe('/v1/session/oidc?to=%2Fdesk%2Fpromises')
    // As the provider's way back ends; the code is a person's whom this test signs in.
    const { name, password } = await newcomer('Provided')
    await at.page.route('**/v1/session', async (route) => {
      expect(route.request().postDataJSON()).toEqual({ code: 'once' })
      await route.continue({ postData: JSON.stringify({ name, password }) })
    })
    await at.page.goto('about:blank')
    await at.page.goto(`${office.server.url}/desk/promises#code=once`)
    await at.button(/You are/).waitFor()
    expect(at.page.url()).toBe(`${office.server.url}/desk/promises`)
  })

  test('whose code has run out is asked to sign in again', async () => {
    const at = await office.guest()
    await at.page.goto(`${office.server.url}/desk#code=long-gone`)
    await at.page.getByText(words.fault.code).waitFor()
    await at.page.getByLabel(words.name, { exact: true }).waitFor()
    expect(at.page.url()).not.toContain('long-gone')
  })

  test('signs in with a key where there is one', async () => {
    const at = await office.guest()
    await at.opens()
    await at.button(words.withKey).click()
    await at.page.getByLabel(words.key, { exact: true }).fill((await office.server.as('supervisor')).key)
    await at.button(words.submitKey).click()
    await at.button(/supervisor/).waitFor()
  })
})

/** An agent's person, whom nobody has met. */
async function newcomer(name: string): Promise<Member & { readonly agent: string }> {
  const agent = `${name.toLowerCase()}-${(members += 1)}`
  const { admin } = office.server
  await admin.call('PUT', `/v1/agents/${agent}`, {
    name,
    teams: ['support'],
    skills: { orders: 5 },
    languages: ['en'],
    channels: [],
    capacity: 5,
  })
  await admin.call('PUT', `/v1/agents/${agent}/presence`, { status: 'online' })
  return { ...(await member(admin, { name: `${name} ${members}`, role: 'agent', agent })), agent }
}

/** They are signed in, and speak with a customer. */
async function atWork(person: Member): Promise<Staff> {
  const at = await office.guest()
  await at.opens()
  await signsIn(at.page, person)
  await at.button(/You are online/).waitFor()
  const customer = await office.customer('Eleni')
  await customer.says('Where is my parcel?')
  await customer.says('I want to talk to a person')
  await at.accepts('Eleni')
  return at
}

async function signsOut(at: Staff): Promise<void> {
  await at
    .button(/You are|You read along|supervisor/)
    .first()
    .click()
  await at.named('menuitem', desk.shell.signOut).click()
  await at.page.getByLabel(words.name, { exact: true }).waitFor()
}

/** As an administrator does it. */
async function endSessionsOf(person: Member): Promise<void> {
  passwords.set(person.id, await newPasswordOf(person))
}

const passwords = new Map<string, string>()

async function newPassword(person: Member): Promise<Member> {
  return { ...person, password: passwords.get(person.id) ?? (await newPasswordOf(person)) }
}

async function newPasswordOf({ id }: Member): Promise<string> {
  // What `PUT /v1/users/{id}/password` answers where none is given.
  const { password } = (await office.server.admin.call('PUT', `/v1/users/${id}/password`, {})) as Member
  return password
}

async function statusFor(key: string): Promise<number> {
  const answer = await fetch(`${office.server.url}/v1/keys/self`, { headers: { Authorization: `Bearer ${key}` } })
  return answer.status
}

/** Whether the keyboard can come to it. */
async function isReachable(field: Staff['field']): Promise<boolean> {
  await field.evaluate((input) => {
    if (input instanceof HTMLElement) input.focus()
  })
  return field.evaluate((input) => input === document.activeElement)
}
