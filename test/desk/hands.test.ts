/** What an agent has under their hands stays there, whatever comes late, is refused, or is taken away meanwhile. */
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { words } from '#desk/words/en.ts'
import type { Staff } from '../driver/staff.ts'
import { testOffice, type Customer } from './office.ts'

const office = testOffice()
const { compose, offers, replies } = words

afterEach(() => office.empties())

describe('An agent', () => {
  test('whose conversation is taken away in the middle of a word gives no command by the rest of it', async () => {
    const [sarah, eleni] = await atWork()
    const jonas = await calls('Jonas')
    await sarah.offer('Jonas').waitFor()
    await sarah.field.press('I')
    await givesTo('tom', eleni)
    await sarah.field.waitFor({ state: 'detached' })
    await sarah.page.keyboard.type('axj')
    expect(await offeredTo(jonas)).toBe('sarah')
    expect(sarah.page.url()).toContain(eleni.id)
    // A key that is no letter ends the word.
    await sarah.page.keyboard.press('Shift')
    await sarah.page.keyboard.press('a')
    await expect.poll(() => sarah.page.url()).toContain(jonas.id)
  })

  test('whose file is refused sees which, though nothing was written beside it', async () => {
    const [sarah, eleni] = await atWork()
    await picks(sarah, 'photo.txt')
    await sarah.button(compose.remove('photo.txt')).waitFor()
    await sarah.device.goesOffline()
    await sarah.field.press('Enter')
    await givesTo('tom', eleni)
    await sarah.device.comesOnline()
    const unsent = sarah.talk.getByRole('alert').filter({ hasText: compose.unsent })
    await unsent.getByText('photo.txt').waitFor()
    await unsent.getByRole('button', { name: compose.letGo }).click()
    await unsent.waitFor({ state: 'detached' })
  })

  test('who writes when a late answer makes another conversation theirs goes on writing to the first', async () => {
    const [sarah, eleni] = await atWork()
    const jonas = await calls('Jonas')
    const answer = await holds(sarah.page, '**/events')
    await sarah.offer('Jonas').getByRole('button', { name: offers.accept }).click()
    await sarah.field.fill('For Eleni, not for')
    answer()
    await sarah.list.getByRole('link', { name: /Jonas/ }).waitFor()
    expect(sarah.page.url()).toContain(eleni.id)
    await sarah.field.press('End')
    await sarah.page.keyboard.type(' Jonas')
    expect(await sarah.field.inputValue()).toBe('For Eleni, not for Jonas')
    expect(await jonas.reads()).not.toContain('For Eleni, not for Jonas')
  })

  test('who looks into another conversation while a file is on its way finds it on its way, and sends it', async () => {
    const [sarah, eleni] = await atWork()
    const jonas = await calls('Jonas')
    await sarah.accepts('Jonas')
    await sarah.list.getByRole('link', { name: /Eleni/ }).click()
    await expect.poll(() => sarah.page.url()).toContain(eleni.id)
    const arrives = await holds(sarah.page, '**/attachments?*')
    await picks(sarah, 'long.txt')
    await sarah.talk.getByRole('progressbar').waitFor()
    await sarah.list.getByRole('link', { name: /Jonas/ }).click()
    await expect.poll(() => sarah.page.url()).toContain(jonas.id)
    expect(await sarah.talk.getByRole('progressbar').count()).toBe(0)
    await sarah.list.getByRole('link', { name: /Eleni/ }).click()
    await sarah.talk.getByRole('progressbar').waitFor()
    arrives()
    await sarah.button(compose.remove('long.txt')).waitFor()
    expect(await sarah.talk.getByRole('progressbar').count()).toBe(0)
  })

  test('who takes a file back writes on where they were', async () => {
    const [sarah] = await atWork()
    await picks(sarah, 'wrong.txt')
    await sarah.button(compose.remove('wrong.txt')).click()
    await sarah.page.keyboard.type('No file.')
    expect(await sarah.field.inputValue()).toBe('No file.')
  })

  test('chooses once for all tabs of the desk', async () => {
    const [sarah, eleni] = await atWork()
    const other = await sarah.device.tab()
    await other.goto(`${office.server.url}/desk/c/${eleni.id}`)
    const beside = other.getByRole('complementary', { name: words.context.label })
    await beside.waitFor()
    await sarah.page.keyboard.press('Escape')
    await sarah.button(words.conversation.act.context).click()
    await sarah.package.waitFor({ state: 'detached' })
    await beside.waitFor({ state: 'detached' })
  })

  test('who looks for something in the list sees what rings all the same', async () => {
    const [sarah] = await atWork()
    await sarah.page.keyboard.press('Escape')
    await sarah.page.keyboard.press('/')
    await sarah.page.keyboard.type('nobody of this name')
    await calls('Jonas')
    await sarah.offer('Jonas').waitFor()
    expect(await sarah.list.getByRole('link', { name: /Eleni/ }).count()).toBe(0)
  })

  test('answers by a key the offer that bears it, also when the desk was loaded after both', async () => {
    const sarah = await office.agent('sarah', 'Sarah')
    const [first, second] = [await calls('Eleni'), await calls('Jonas')]
    await expect.poll(() => offeredTo(second)).toBe('sarah')
    await sarah.opens()
    await sarah.offer('Eleni').locator('kbd').first().waitFor()
    expect(await sarah.offer('Jonas').locator('kbd').count()).toBe(0)
    await sarah.page.keyboard.press('x')
    await expect.poll(() => offeredTo(first)).not.toBe('sarah')
    expect(await offeredTo(second)).toBe('sarah')
  })
})

describe('Who leads', () => {
  test('and adds a canned reply writes over none that bore its shortcut before', async () => {
    const lead = await office.supervisor()
    await lead.opens('/desk/replies')
    await lead.button(replies.edit('Greeting')).click()
    const dialog = lead.page.getByRole('dialog')
    await dialog.getByLabel(replies.shortcut).fill('hello-eu')
    await dialog.getByRole('button', { name: replies.save }).click()
    await dialog.waitFor({ state: 'detached' })
    await lead.button(replies.add).click()
    await dialog.getByLabel(replies.shortcut).fill('hello')
    await dialog.getByLabel(replies.name).fill('Another greeting')
    await dialog.getByRole('textbox', { name: replies.text }).fill('Good evening.')
    await dialog.getByRole('button', { name: replies.save }).click()
    await dialog.waitFor({ state: 'detached' })
    for (const title of ['Greeting', 'Another greeting']) await lead.button(replies.edit(title)).waitFor()
  })
})

/** Sarah is online at her desk and talks with Eleni. */
async function atWork(): Promise<readonly [Staff, Customer]> {
  const sarah = await office.agent('sarah', 'Sarah')
  await sarah.opens()
  const eleni = await calls('Eleni')
  await sarah.accepts('Eleni')
  return [sarah, eleni]
}

async function calls(name: string): Promise<Customer> {
  const customer = await office.customer(name)
  await customer.says('I want to talk to a person')
  return customer
}

/** A supervisor puts a conversation into other hands. */
async function givesTo(agent: string, { id }: Customer): Promise<void> {
  await office.agent(agent, agent)
  const lead = await office.server.as('supervisor')
  await lead.call('POST', `/v1/conversations/${id}/events`, { type: 'agent.transfer', agent })
  await lead.call('POST', `/v1/conversations/${id}/events`, { type: 'agent.accept', agent })
}

async function offeredTo({ id }: Customer): Promise<string | null | undefined> {
  // What API.md's `GET /v1/conversations/{id}` answers.
  const view = (await office.server.admin.call('GET', `/v1/conversations/${id}`)) as {
    queue: { offeredTo: string | null } | null
  }
  return view.queue?.offeredTo
}

async function picks(who: Staff, name: string): Promise<void> {
  const choosing = who.page.waitForEvent('filechooser')
  await who.button(compose.attach).click()
  await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('All of it') })
}

/** Answers to such requests come when the one that is returned is called. */
async function holds(page: Page, requests: string): Promise<() => void> {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(requests, async (route) => {
    await released
    await route.continue()
  })
  return () => release()
}
