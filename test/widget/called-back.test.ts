/** A customer who left a ticket, in the same window, when somebody is there again. */
import { expect, test } from 'vitest'
import { customerAt, words } from '#test/driver/customer.ts'
import { testShop } from './shop.ts'

const shop = testShop(['hello'])
const presence = (status: string) => shop.server.admin.call('PUT', '/v1/agents/sarah/presence', { status })

test('who left a message is called back in the window that had ended, and goes on there', async () => {
  await presence('offline')
  const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
  await ann.opens()
  const does = shop.doing(await ann.conversation())
  await ann.says('I want a person')
  await ann.sees('What is your name?')
  await ann.says('Ann Lee')
  await ann.sees('Which email address')
  await ann.says('ann@home.example')
  await ann.sees('what should we know')
  await ann.says('My parcel is lost')
  await ann.dialog.getByText(words.over).first().waitFor()
  await presence('online')
  await ann.sees('Somebody is here now')
  await ann.says('Here I am again')
  await ann.dialog.getByText(words.next).waitFor()
  await does({ type: 'agent.accept', agent: 'sarah' })
  await does({ type: 'agent.message', text: 'Welcome back, Ann.' })
  await ann.sees('Welcome back, Ann.')
})

test('who began to write where an address was asked for keeps it when they write something else', async () => {
  await presence('offline')
  const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
  await ann.opens()
  await ann.says('I want a person')
  await ann.sees('What is your name?')
  await ann.says('Ann Lee')
  await ann.sees('Which email address')
  await ann.field.fill('I have none, can you call')
  await ann.button(words.freely).click()
  expect(await ann.field.inputValue()).toBe('I have none, can you call')
  await ann.page.reload()
  await ann.opens()
  await ann.button(words.freely).click()
  expect(await ann.field.inputValue()).toBe('I have none, can you call')
})
