/** Law: axe finds nothing in any room of the desk, in light and in dark, wide and on a phone. */
import { afterEach, describe, expect, test } from 'vitest'
import { violationsOn } from '../driver/browser.ts'
import { words } from '#desk/words/en.ts'
import type { Staff } from '../driver/staff.ts'
import { testOffice } from './office.ts'

const office = testOffice()

afterEach(() => office.empties())

describe.each(['light', 'dark'] as const)('nothing keeps anybody out, in %s:', (scheme) => {
  test('signing in', async () => {
    const guest = await office.guest({ scheme })
    await guest.page.goto(`${office.server.url}/desk#key=nobody`)
    await guest.page.getByText(words.session.refused).waitFor()
    await isFine(guest)
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
