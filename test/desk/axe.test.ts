/** Law: axe finds nothing in any room of the desk, in light and in dark, wide and on a phone. */
import { afterEach, describe, expect, test } from 'vitest'
import { violationsOn } from '../driver/browser.ts'
import { words } from '#desk/words/en.ts'
import { words as signInWords } from '#ui/sign-in/words.ts'
import type { Staff } from '../driver/staff.ts'
import { administratorAt } from './admin/administrator.ts'
import { testOffice } from './office.ts'
import { booksCall, owesAnswer, promisingFlows } from './promising.ts'

const office = testOffice(promisingFlows)

afterEach(() => office.empties())

describe.each(['light', 'dark'] as const)('nothing keeps anybody out, in %s:', (scheme) => {
  test('signing in', async () => {
    const guest = await office.guest({ scheme })
    await guest.page.goto(`${office.server.url}/desk#key=nobody`)
    await guest.page.getByText(signInWords.ended).waitFor()
    await guest.page.getByLabel(signInWords.name).waitFor()
    await isFine(guest, 'ended')
    await guest.page.evaluate(() => localStorage.clear())
    await guest.page.reload()
    await guest.button(signInWords.submit).click()
    await guest.page.getByText(signInWords.fault.empty.name).waitFor()
    await guest.button(signInWords.withKey).click()
    await isFine(guest, 'nobody')
  })

  test('the list, an offer, a conversation with everything in it, and its dialogs', async () => {
    const sarah = await office.agent('sarah', 'Sarah', { scheme })
    await sarah.opens()
    await sarah.page.getByText(words.inbox.empty.title).waitFor()
    await isFine(sarah)
    await comes(sarah)
    await isFine(sarah)
    await sarah.accepts('Eleni')
    await sarah.writes('Hello Eleni')
    await sarah.sees('Hello Eleni')
    await sarah.package.getByRole('heading', { name: words.context.reason }).waitFor()
    await isFine(sarah)
    await sarah.field.fill('/')
    await sarah.page.getByRole('option').first().waitFor()
    await isFine(sarah)
    await sarah.field.fill('')
    await sarah.field.press('Control+/')
    await isFine(sarah)
    await sarah.field.press('Escape')
    for (const key of ['t', 'h', 'e', '?']) {
      await sarah.page.keyboard.press(key)
      await sarah.page.getByRole('dialog').waitFor()
      await isFine(sarah, key)
      await sarah.page.keyboard.press('Escape')
      await sarah.page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await sarah.button(/You are online/).click()
    await sarah.page.getByRole('menu').waitFor()
    await isFine(sarah, 'presence')
  })

  test('the board, watching, and the canned replies', async () => {
    const sarah = await office.agent('sarah', 'Sarah')
    await sarah.opens()
    await comes(sarah)
    const lead = await office.supervisor({ scheme })
    await lead.opens('/desk/board')
    await lead.page.getByRole('link', { name: 'Eleni' }).first().waitFor()
    await isFine(lead)
    await lead.button(words.board.of(words.conversation.more, 'Eleni')).click()
    await lead.page.getByRole('menu').waitFor()
    await isFine(lead, 'what can be done')
    await lead.page.keyboard.press('Escape')
    await lead.button(words.board.of(words.board.watch, 'Eleni')).click()
    await lead.sees('Where is my parcel?')
    await isFine(lead)
    await lead.opens('/desk/replies')
    await lead.page.getByText('Late parcel').waitFor()
    await isFine(lead)
    await lead.button(words.replies.add).click()
    await lead.page.getByRole('dialog').waitFor()
    await isFine(lead)
  })

  test.each([1440, 390])('the promises, at %i', async (width) => {
    await owesAnswer(office, `Ada-${scheme}-${width}`)
    await booksCall(office, `Mia-${scheme}-${width}`)
    const sarah = await office.agent('sarah', 'Sarah', { scheme, width })
    await sarah.opens('/desk/promises')
    await sarah.page.getByRole('listitem', { name: `Ada-${scheme}-${width}`, exact: true }).waitFor()
    await sarah.page.getByRole('listitem', { name: `Mia-${scheme}-${width}`, exact: true }).waitFor()
    await isFine(sarah)
    await sarah.button(words.promises.of(words.conversation.more, `Ada-${scheme}-${width}`)).click()
    await sarah.page.getByRole('menu').waitFor()
    await isFine(sarah, 'what can be done')
    await sarah.page.getByRole('menuitem').click()
    await sarah.page.getByRole('dialog').waitFor()
    await isFine(sarah, 'asked before')
  })

  test.each([1440, 390])('the setup, at %i', async (width) => {
    const { admin } = office.server
    await admin.call('PUT', '/v1/agents/ada', {
      name: 'Ada',
      teams: ['support'],
      skills: { refunds: 4 },
      languages: ['en'],
      tiers: ['gold'],
    })
    await admin.call('PUT', '/v1/teams/support', { name: 'Support', offerFor: '5m', weights: { phone: 2 } })
    await admin.call('PUT', '/v1/schedules/office', {
      name: 'Office',
      timezone: 'Europe/Berlin',
      week: {
        mon: [
          ['09:00', '12:00'],
          ['13:00', '17:00'],
        ],
      },
      holidays: ['2027-12-25'],
      exceptions: [{ from: '2027-08-02', to: '2027-08-13', name: 'Summer' }],
      breaks: { '2027-03-01': [['12:00', '13:00']] },
    })
    const lead = await office.supervisor({ scheme, width })
    for (const [path, field] of [
      ['agents/ada', 'Ada'],
      ['teams/support', 'Support'],
      ['schedules/office', 'Office'],
    ] as const) {
      await lead.opens(`/desk/setup/${path}`)
      const name = lead.page.getByRole('textbox', { name: words.setup.name, exact: true })
      await expect.poll(() => name.inputValue()).toBe(field)
      await isFine(lead, path)
      await name.fill('')
      await lead.button(words.setup.save).click()
      if (!path.startsWith('schedules')) await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')
      await isFine(lead, `${path}, refused`)
    }
    for (const path of ['', '/teams', '/agents/nobody']) {
      await lead.opens(`/desk/setup${path}`)
      await lead.page.getByRole('main', { name: words.setup.title }).waitFor()
      await isFine(lead, path)
    }
  })

  test.each([1440, 390])('the administration, at %i', async (width) => {
    const { admin } = words
    const { admin: caller } = office.server
    await caller.call('POST', '/v1/keys', { role: 'bot', name: `Bot ${scheme} ${width}`, scopes: ['keys.self'] })
    await caller.call('POST', '/v1/conversations', { flow: 'ecommerce', id: `axe-${scheme}-${width}` })
    const anna = await administratorAt(office, 'people', { scheme, width })
    await anna.row(anna.name).waitFor()
    await isFine(anna, 'people')
    await anna.does(admin.people.edit, anna.name)
    await anna.page.getByRole('dialog').waitFor()
    await isFine(anna, 'a person')
    await anna.button(admin.cancel).click()
    await anna.does(admin.people.reset, anna.name)
    await anna.page.getByRole('dialog').waitFor()
    await isFine(anna, 'asked before')
    await anna.button(admin.cancel).click()
    await anna.goesTo('keys')
    await anna.row(`Bot ${scheme} ${width}`).waitFor()
    await isFine(anna, 'keys')
    await anna.button(admin.keys.add).click()
    await anna.page.getByLabel(admin.keys.narrow).check()
    await isFine(anna, 'a new key')
    await anna.page.getByLabel('See whom the key speaks for').check()
    await anna.button(admin.keys.submit).click()
    await anna.page.getByLabel(admin.keys.shown.label, { exact: true }).waitFor()
    await isFine(anna, 'shown once')
    await anna.button(admin.secret.done).click()
    await anna.goesTo('audit')
    await anna.page.getByRole('listitem').first().waitFor()
    await isFine(anna, 'audit')
    await anna.goesTo('dead-letters')
    await anna.page.getByText(admin.letters.none.title).waitFor()
    await isFine(anna, 'dead letters')
    await anna.goesTo('customers')
    await anna.page.getByRole('textbox', { name: admin.customers.id }).fill(`axe-${scheme}-${width}`)
    await anna.button(admin.customers.look).click()
    await anna.button(admin.customers.erase).click()
    await anna.page.getByRole('dialog').waitFor()
    await isFine(anna, 'erasing')
    await anna.page.getByRole('dialog').getByRole('textbox').fill(`axe-${scheme}-${width}`)
    await anna.button(admin.customers.ask.submit).click()
    await anna.page.getByText(admin.customers.erased.title).waitFor()
    await isFine(anna, 'erased')
  })

  test('a phone', async () => {
    const sarah = await office.agent('sarah', 'Sarah', { scheme, width: 390, height: 844, touch: true })
    await sarah.opens()
    await comes(sarah)
    await isFine(sarah)
    await sarah.accepts('Eleni')
    await sarah.sees('Where is my parcel?')
    await isFine(sarah)
    await sarah.button(words.conversation.act.context).click()
    await sarah.page.getByRole('dialog').getByRole('heading', { name: words.context.reason }).waitFor()
    await isFine(sarah)
  })
})

async function comes(sarah: Staff): Promise<void> {
  const customer = await office.customer('Eleni')
  await customer.says('Where is my parcel?')
  await customer.says('I want to talk to a person')
  await sarah.offer('Eleni').waitFor()
}

async function isFine({ page }: Staff, where = ''): Promise<void> {
  // What appears has appeared.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  expect(await violationsOn(page), where).toEqual([])
}
