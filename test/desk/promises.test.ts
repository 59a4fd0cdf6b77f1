/** What was promised for later, as agents and supervisors see and keep it. */
import { afterEach, describe, expect, test } from 'vitest'
import { words } from '#desk/words/en.ts'
import { timeOfDay } from '#desk/clock/telling.ts'
import type { Staff } from '../driver/staff.ts'
import { testOffice } from './office.ts'
import { booksCall, owesAnswer, promisingFlows } from './promising.ts'
import { tabsTo } from './tabbing.ts'

const office = testOffice(promisingFlows)
const text = words.promises

afterEach(async () => {
  const { admin } = office.server
  for (const { id } of await itemsOf('/v1/tickets')) await admin.call('POST', `/v1/tickets/${id}/resolve`)
  for (const { id } of await itemsOf('/v1/callbacks')) await admin.call('POST', `/v1/callbacks/${id}/cancel`)
  await office.empties()
})

describe('An agent', () => {
  test('sees that nothing is owed to anybody', async () => {
    const sarah = await reads()
    await sarah.page.getByText(text.none.open).waitFor()
    await sarah.page.getByText(text.none.calls).waitFor()
  })

  test('sees a ticket as soon as it is written: who, since when, and by when an answer is promised', async () => {
    const sarah = await reads()
    await sarah.page.getByText(text.none.open).waitFor()
    await owesAnswer(office, 'Eleni')
    const eleni = item(sarah, 'Eleni')
    await eleni.getByText(/due in (4 h|3 h 59 min)/).waitFor()
    await eleni.getByText(text.waits).waitFor()
    await eleni.getByText(text.promised).waitFor()
    await eleni.getByText('eleni@home.example').waitFor()
  })

  test('takes one, holds its conversation that had ended, and writes to the customer', async () => {
    const id = await owesAnswer(office, 'Ines')
    const sarah = await reads()
    await item(sarah, 'Ines')
      .getByRole('button', { name: text.of(text.take, 'Ines') })
      .click()
    await sarah.mine.waitFor()
    expect(sarah.page.url()).toContain(id)
    await sarah.writes('Your refund is on its way.')
    await sarah.seesOnce('Your refund is on its way.')
    await sarah.page.keyboard.press('Alt+4')
    await item(sarah, 'Ines').getByText(text.youHave).waitFor()
  })

  test('sees who has a ticket that somebody else took, and is told when they come second', async () => {
    await owesAnswer(office, 'Ada')
    const sarah = await reads()
    const tom = await office.agent('tom', 'Tom')
    await tom.opens('/desk/promises')
    await item(tom, 'Ada')
      .getByRole('button', { name: text.of(text.take, 'Ada') })
      .waitFor()
    // Nothing is read again meanwhile: Tom's page is as old as pages are.
    await tom.page.route('**/v1/tickets?**', (route) => route.abort())
    await item(sarah, 'Ada')
      .getByRole('button', { name: text.of(text.take, 'Ada') })
      .click()
    await sarah.mine.waitFor()
    await item(tom, 'Ada')
      .getByRole('button', { name: text.of(text.take, 'Ada') })
      .click()
    await tom.page.getByText(text.notDone).waitFor()
    await tom.page.unrouteAll({ behavior: 'ignoreErrors' })
    await tom.page.reload()
    await item(tom, 'Ada').getByText(text.has('Sarah')).waitFor()
  })

  test('resolves one that was answered elsewhere, and finds it among the resolved', async () => {
    await owesAnswer(office, 'Jonas')
    const sarah = await reads()
    await sarah.button(text.of(words.conversation.more, 'Jonas')).click()
    await sarah.page.getByRole('menuitem', { name: text.resolve }).click()
    await sarah.page.getByRole('dialog').getByRole('button', { name: text.confirmResolve.submit }).click()
    await sarah.page.getByText(text.none.open).waitFor()
    await sarah.page.getByText(text.states.resolved, { exact: true }).click()
    await item(sarah, 'Jonas').getByText(text.resolvedAt).waitFor()
  })

  test('sees the booked calls with number and time, and cancels one', async () => {
    const at = await booksCall(office, 'Mia')
    const sarah = await reads()
    const mia = item(sarah, 'Mia')
    await mia.getByText(timeOfDay(at, 'Europe/Berlin')).waitFor()
    await mia.getByText('+49 30 1234567').waitFor()
    await mia.getByRole('button', { name: text.of(text.cancel, 'Mia') }).click()
    await sarah.page.getByRole('dialog').getByRole('button', { name: text.confirmCancel.submit }).click()
    await sarah.page.getByText(text.none.calls).waitFor()
  })

  test('is told that the promises cannot be read, and reads them once they can', async () => {
    await owesAnswer(office, 'Noor')
    const sarah = await office.agent('sarah', 'Sarah')
    await sarah.page.route('**/v1/tickets?**', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{}' }),
    )
    await sarah.opens('/desk/promises')
    await sarah.page.getByText(text.failed.title).waitFor()
    await sarah.page.unrouteAll({ behavior: 'ignoreErrors' })
    await sarah.button(text.failed.again).click()
    await item(sarah, 'Noor').waitFor()
  })

  test('does it by the keyboard alone', async () => {
    await owesAnswer(office, 'Kim')
    const sarah = await office.agent('sarah', 'Sarah')
    await sarah.opens()
    await sarah.page.keyboard.press('Alt+4')
    await tabsTo(sarah.page, item(sarah, 'Kim').getByRole('button', { name: text.of(text.take, 'Kim') }))
    await sarah.page.keyboard.press('Enter')
    await sarah.mine.waitFor()
    expect(sarah.device.presses()).toBe(0)
  })
})

test('A supervisor who answers as nobody reads them, and is told how to take one', async () => {
  await owesAnswer(office, 'Lena')
  const lead = await office.supervisor()
  await lead.opens('/desk/promises')
  await lead.page.getByText(text.chooseSelf).waitFor()
  expect(
    await item(lead, 'Lena')
      .getByRole('button', { name: text.of(text.take, 'Lena') })
      .isDisabled(),
  ).toBe(true)
})

async function reads(): Promise<Staff> {
  const sarah = await office.agent('sarah', 'Sarah')
  await sarah.opens('/desk/promises')
  return sarah
}

function item({ page }: Staff, name: string) {
  return page.getByRole('listitem', { name, exact: true })
}

async function itemsOf(path: string): Promise<readonly { readonly id: string }[]> {
  // What the API's lists answer.
  return ((await office.server.admin.call('GET', path)) as { items: { id: string }[] }).items
}
