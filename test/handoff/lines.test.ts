/** Law: a line that breaks is told, and costs nothing: what was written goes out once, in its order, when it is back. */
import { expect, test } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { words } from '../driver/customer.ts'
import { flowNamed } from '../driver/index.ts'
import { startHere, testHouse } from './house.ts'

const house = testHouse('hello', () => startHere(flowNamed('hello')))
const { line } = desk.shell

test('the customer’s: it is said, the draft stays, and the sentences come once and in order', async () => {
  const [ann, sarah] = await house.together('Ann', 'Sarah')
  await ann.device.goesOffline()
  await ann.dialog.getByText(words.offline).waitFor()
  for (const text of ['In the tunnel', 'Still in it', 'Almost out']) await ann.says(text)
  await ann.field.fill('Half a sen')
  await sarah.writes('Take your time.')
  await sarah.seesOnce('Take your time.')
  await ann.device.comesOnline()
  await ann.dialog.getByText(words.offline).waitFor({ state: 'hidden' })
  await ann.seesOnce('Take your time.')
  for (const text of ['In the tunnel', 'Still in it', 'Almost out']) {
    await ann.seesOnce(text)
    await sarah.seesOnce(text)
  }
  expect(await ann.field.inputValue()).toBe('Half a sen')
  expect((await said(ann)).slice(-4)).toEqual(['Take your time.', 'In the tunnel', 'Still in it', 'Almost out'])
})

test('the customer’s, who reads elsewhere meanwhile: another page shows all of it, and sends what waited', async () => {
  const [ann, sarah] = await house.together('Ann', 'Sarah')
  await ann.device.goesOffline()
  await ann.dialog.getByText(words.offline).waitFor()
  await ann.says('Written before the page was left')
  await sarah.writes('I am still here.')
  await ann.device.comesOnline()
  await ann.page.reload()
  await ann.launcher.click()
  for (const text of ['Written before the page was left', 'I am still here.']) {
    await ann.seesOnce(text)
    await sarah.seesOnce(text)
  }
})

test('the agent’s: it is said, notes and answers wait, and come once and in order', async () => {
  const [[ann, sarah], lead] = await Promise.all([house.together('Ann', 'Sarah'), house.supervisor()])
  await lead.button(desk.board.of(desk.board.watch, 'Ann')).click()
  await sarah.device.goesOffline()
  await sarah.page.getByText(line.waiting).waitFor()
  for (const text of ['One moment', 'I have found it', 'It comes on Friday']) await sarah.writes(text)
  await sarah.page.getByText(line.unsent(3)).waitFor()
  await sarah.field.fill('Half an ans')
  await ann.says('Are you there?')
  await lead.sees('Are you there?')
  await sarah.device.comesOnline()
  await sarah.page.getByText(line.waiting).waitFor({ state: 'hidden' })
  for (const text of ['Are you there?', 'One moment', 'I have found it', 'It comes on Friday']) {
    await sarah.seesOnce(text)
    await lead.seesOnce(text)
    await ann.seesOnce(text)
  }
  expect(await sarah.field.inputValue()).toBe('Half an ans')
  expect((await said(ann)).slice(-4)).toEqual(['Are you there?', 'One moment', 'I have found it', 'It comes on Friday'])
})

test('both at once: each finds all of it when both are back', async () => {
  const [ann, sarah] = await house.together('Ann', 'Sarah')
  await Promise.all([ann.device.goesOffline(), sarah.device.goesOffline()])
  await ann.says('From the tunnel')
  await sarah.writes('From the lift')
  await sarah.device.comesOnline()
  await sarah.seesOnce('From the lift')
  await ann.device.comesOnline()
  for (const text of ['From the tunnel', 'From the lift']) {
    await ann.seesOnce(text)
    await sarah.seesOnce(text)
  }
})

async function said({ transcript }: { transcript(): Promise<readonly string[]> }): Promise<readonly string[]> {
  return (await transcript()).map((each) => each.slice(each.indexOf(': ') + 2))
}
