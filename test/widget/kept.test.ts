/**
 * Reloads, broken lines, lost answers and several tabs. Law: what the customer wrote is said once, and what was said
 * is seen.
 */
import { describe, expect, test } from 'vitest'
import { customerAt, words } from '#test/driver/customer.ts'
import { testShop } from './shop.ts'

const shop = testShop(['ecommerce', 'hello'])

describe('nothing is lost', () => {
  test('a reload, and another page, go on where it stood, with the draft', async () => {
    const device = await shop.browser.device()
    const ann = await customerAt(device, shop.page('hello'))
    await shop.withSarah(ann)
    await ann.field.fill('Half a sen')
    const before = await ann.transcript()
    await ann.page.reload()
    await ann.opens()
    await expect.poll(() => ann.transcript()).toEqual(before)
    expect(await ann.field.inputValue()).toBe('Half a sen')
    await ann.dialog.getByRole('heading', { name: 'Sarah Lind' }).waitFor()
  })

  test('what is written without a connection is sent once it is back: once, and in order', async () => {
    const device = await shop.browser.device()
    const ann = await customerAt(device, shop.page('hello'))
    const does = await shop.withSarah(ann)
    await device.goesOffline()
    await ann.says('one')
    await ann.says('two')
    await ann.dialog.getByText(words.offline).waitFor()
    await ann.dialog.getByText(words.notYet).first().waitFor()
    await does({ type: 'agent.message', text: 'Are you there?' })
    await device.comesOnline()
    await ann.sees('Are you there?')
    await ann.dialog.getByText(words.offline).waitFor({ state: 'hidden' })
    await expect
      .poll(async () => (await ann.transcript()).slice(-3).toSorted())
      .toEqual(['Sarah Lind: Are you there?', 'You: one', 'You: two'])
    expect((await ann.transcript()).filter((each) => each.startsWith('You:'))).toEqual([
      'You: I want a person',
      'You: one',
      'You: two',
    ])
    await ann.dialog.getByText(words.notYet).first().waitFor({ state: 'hidden' })
  })

  test('a message whose answer is lost is sent again under its key, and counts once', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    const keys: (string | undefined)[] = []
    await ann.page.route('**/events', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 2) return route.fallback()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await ann.says('Only once')
    await expect.poll(() => keys.length).toBe(3)
    await ann.dialog.locator('.status', { hasText: words.sending }).waitFor({ state: 'detached' })
    expect(new Set(keys).size).toBe(1)
    expect((await ann.transcript()).filter((each) => each === 'You: Only once')).toHaveLength(1)
    const { messages } = (await shop.server.admin.call(
      'GET',
      `/v1/conversations/${await ann.conversation()}/transcript`,
    )) as { messages: { text: string }[] }
    expect(messages.filter(({ text }) => text === 'Only once')).toHaveLength(1)
  })

  test('a message whose line hangs half open is given up, and sent again under its key', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    // A half minute of the widget's is a moment here.
    await ann.page.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal)
      AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 60)
    })
    await ann.page.reload()
    await ann.opens()
    const keys: (string | undefined)[] = []
    await ann.page.route('**/events', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) await route.fallback()
    })
    await ann.says('Where is it?')
    await ann.seesOnce('Where is it?')
    expect(keys).toEqual([keys[0], keys[0]])
  })

  test('what was not sent before a reload is sent after it', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.page.route('**/events', (route) => route.abort('connectionreset'))
    await ann.says('Still here')
    await ann.dialog.getByText(words.notYet).waitFor()
    await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
    await ann.page.reload()
    await ann.opens()
    await ann.sees('Still here')
    await ann.isThrough()
  })

  test('a message that came too late is told so, and is taken along into a new conversation, with what is half written', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    const does = await shop.withSarah(ann)
    await ann.page.route('**/events', (route) => route.abort('connectionreset'))
    await ann.says('One more thing')
    await ann.dialog.getByText(words.notYet).waitFor()
    await ann.field.fill('and then')
    await does({ type: 'agent.resolve', resolution: 'Done.' })
    await does({ type: 'survey.answer', score: 5 }).catch(() => {})
    await ann.dialog.getByText(words.over).waitFor()
    await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
    await ann.sees(`${words.notSent} ${words.over}`)
    await ann.button(words.anew).click()
    await ann.sees('I’m the assistant')
    await expect.poll(() => ann.field.inputValue()).toBe('One more thing\nand then')
  })
})

describe('several tabs are in step', () => {
  test('they show the same, one of them alone holds the line, and another takes it when that one goes', async () => {
    const device = await shop.browser.device()
    const streams = new Set<object>()
    device.context.on('request', (request) => request.url().includes('/stream') && streams.add(request))
    device.context.on('requestfailed', (request) => streams.delete(request))
    device.context.on('requestfinished', (request) => streams.delete(request))
    const one = await customerAt(device, shop.page('hello'))
    const does = await shop.withSarah(one)
    const two = await customerAt(device, shop.page('hello'))
    await two.opens()
    await expect.poll(() => two.transcript()).toEqual(await one.transcript())
    await expect.poll(() => streams.size).toBe(1)
    await one.says('from the first')
    await two.sees('from the first')
    await two.says('from the second')
    await one.sees('from the second')
    await does({ type: 'agent.message', text: 'to both' })
    await Promise.all([one.sees('to both'), two.sees('to both')])
    expect(await one.transcript()).toEqual(await two.transcript())
    await two.page.close()
    await does({ type: 'agent.message', text: 'to the one that is left' })
    await one.sees('to the one that is left')
  })

  test('two tabs that begin at once begin one conversation', async () => {
    const device = await shop.browser.device()
    const one = await customerAt(device, shop.page('hello'))
    const two = await customerAt(device, `${shop.page('hello')}&position=start`)
    const starts = new Set<string | undefined>()
    device.context.on('request', (request) => {
      if (request.url().endsWith('/widget/conversations')) starts.add(request.headers()['idempotency-key'])
    })
    await Promise.all([one.launcher.click(), two.launcher.click()])
    await Promise.all([one.sees('I’m the assistant'), two.sees('I’m the assistant')])
    await one.says('One customer')
    await two.seesOnce('One customer')
    expect(starts.size).toBe(1)
    expect(await one.conversation()).toEqual(await two.conversation())
  })

  test('a page that heard nothing, as one that the browser had put away, goes on with what was begun on another', async () => {
    const device = await shop.browser.device()
    const one = await customerAt(device, shop.page('hello'))
    await one.page.addInitScript(() => {
      window.addEventListener('storage', (event) => event.stopImmediatePropagation(), true)
    })
    await one.page.reload()
    const two = await customerAt(device, shop.page('hello'))
    await two.opens()
    await two.says('Begun elsewhere')
    await two.isThrough()
    await one.opens()
    await one.sees('Begun elsewhere')
  })

  test('what is read in one is read in all; what is new is counted where nobody looks', async () => {
    const device = await shop.browser.device()
    const one = await customerAt(device, shop.page('hello'))
    const does = await shop.withSarah(one)
    await one.button(words.close).first().click()
    await does({ type: 'agent.message', text: 'Look here' })
    await one.page.getByRole('button', { name: `${words.open}, 1 unread` }).waitFor()
    const two = await customerAt(device, shop.page('hello'))
    await two.page.getByRole('button', { name: `${words.open}, 1 unread` }).waitFor()
    await two.launcher.click()
    await two.sees('Look here')
    await one.page.getByRole('button', { name: words.open, exact: true }).waitFor()
  })
})
