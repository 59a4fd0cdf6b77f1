/**
 * Who the customer is, as the page tells it at any moment: who signs out is forgotten, in every tab and for good; who is
 * told of while a conversation begins, or while the line is broken, is known all the same.
 */
import { describe, expect, test } from 'vitest'
import type { Device } from '#test/driver/browser.ts'
import { customerAt, words, type Customer } from '#test/driver/customer.ts'
import { calls, identified, sharing, testShop } from './shop.ts'

const shop = testShop(['hello'], sharing)
const START = '**/v1/widget/conversations'
const label = { name: 'label.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a label') }

const visits = async (device?: Device): Promise<Customer> =>
  customerAt(device ?? (await shop.browser.device()), shop.page('hello'))

/** A known customer, in conversation. */
async function known(sub: string, device?: Device): Promise<Customer> {
  const customer = await visits(device)
  await identified(customer, sub)
  await customer.opens()
  await says(customer, `I am ${sub}`)
  return customer
}

async function says(customer: Customer, text: string): Promise<void> {
  await customer.says(text)
  await customer.sees(text)
  await customer.isThrough()
}

async function picks(customer: Customer): Promise<void> {
  await customer.page.locator('baton-chat input[type=file]').setInputFiles([label])
  await customer.button('Remove label.pdf').waitFor()
}

/** The starts that the page asks for: each is answered when, and as, the test lets it be. */
async function starts(customer: Customer) {
  const asked: { readonly key: string | undefined; answer(isLost?: boolean): Promise<void> }[] = []
  await customer.page.route(START, async (route) => {
    let [settle, done] = [(_: boolean): void => {}, (): void => {}]
    const isSettled = new Promise<boolean>((resolve) => (settle = resolve))
    const isDone = new Promise<void>((resolve) => (done = resolve))
    asked.push({
      key: route.request().headers()['idempotency-key'],
      answer: async (isLost = false) => {
        settle(isLost)
        await isDone
      },
    })
    if (await isSettled) {
      await route.abort('connectionreset')
      return done()
    }
    const response = await route.fetch()
    await route.fulfill({ response })
    await route.request().response()
    done()
  })
  return async (index: number) => {
    await expect.poll(() => asked.length).toBeGreaterThan(index)
    const found = asked[index]
    if (!found) throw new Error('It has been asked.')
    return found
  }
}

describe('who signs out', () => {
  test('is forgotten in every tab, with what was half written, and no tab opens their conversation again', async () => {
    const device = await shop.browser.device()
    const one = await known('olga', device)
    const two = await visits(device)
    await identified(two, 'olga')
    await two.opens()
    await two.sees('I am olga')
    await two.field.fill('The number of my card is')
    await picks(two)
    await calls(one, 'forget')
    await two.dialog.waitFor({ state: 'hidden' })
    await one.opens()
    expect(await one.transcript()).toHaveLength(1)
    await two.opens()
    expect(await two.transcript()).toHaveLength(1)
    await expect.poll(() => two.conversation()).toBe(await one.conversation())
    expect(await two.field.inputValue()).toBe('')
    expect(await two.button('Remove label.pdf').count()).toBe(0)
  })

  test('is forgotten with what stands half written in the field or is picked beside it', async () => {
    const ann = await known('nora')
    await ann.field.fill('The number of my card is')
    await picks(ann)
    await calls(ann, 'forget')
    await ann.opens()
    expect(await ann.transcript()).toHaveLength(1)
    expect(await ann.field.inputValue()).toBe('')
    expect(await ann.button('Remove label.pdf').count()).toBe(0)
  })

  test('is forgotten also where the page clears all that the browser keeps', async () => {
    const device = await shop.browser.device()
    const one = await known('pia', device)
    const two = await visits(device)
    await two.opens()
    await two.sees('I am pia')
    await one.page.evaluate(() => localStorage.clear())
    await two.dialog.waitFor({ state: 'hidden' })
    await two.opens()
    expect(await two.transcript()).toHaveLength(1)
  })

  test('is forgotten also where the page has put another chat in the place of the one it began with', async () => {
    const ann = await known('una')
    await ann.page.evaluate(() => {
      const heard: string[] = []
      Reflect.set(window, 'heard', heard)
      Reflect.get(window, 'baton').on('open', () => heard.push('open'))
      const next = document.createElement('baton-chat')
      next.setAttribute('flow', 'hello')
      document.querySelector('baton-chat')?.remove()
      document.body.append(next)
    })
    await calls(ann, 'open')
    await ann.sees('I am una')
    expect(await ann.page.evaluate(() => Reflect.get(window, 'heard'))).toEqual(['open'])
    await calls(ann, 'forget')
    await ann.dialog.waitFor({ state: 'hidden' })
    await ann.opens()
    expect(await ann.transcript()).toHaveLength(1)
  })

  test('is forgotten also while their conversation is being opened', async () => {
    await known('rosa')
    const here = await visits()
    await identified(here, 'rosa')
    const start = await starts(here)
    await here.launcher.click()
    const first = await start(0)
    await calls(here, 'forget')
    await first.answer()
    await here.page.unrouteAll({ behavior: 'ignoreErrors' })
    await here.opens()
    expect(await here.transcript()).toHaveLength(1)
  })
})

describe('another customer', () => {
  test('finds nothing of the one before: no text in the field, no file, no line', async () => {
    const page = await known('ann')
    await page.field.fill('The number of my card is')
    await picks(page)
    await identified(page, 'ben')
    await expect.poll(() => page.field.inputValue()).toBe('')
    await expect.poll(() => page.transcript()).toHaveLength(1)
    expect(await page.button('Remove label.pdf').count()).toBe(0)
    await says(page, 'I am Ben')
    expect((await page.transcript()).filter((each) => each.startsWith('You:'))).toEqual(['You: I am Ben'])
  })

  test('reads nothing of what the one before had ended', async () => {
    const page = await known('gus')
    const does = shop.doing(await page.conversation())
    await does({ type: 'customer.message', text: 'I want to talk to a person' })
    await does({ type: 'agent.accept', agent: 'sarah' })
    await does({ type: 'agent.resolve', resolution: 'Done.' })
    await does({ type: 'survey.answer', score: 5 })
    await page.dialog.getByText(words.over).waitFor()
    await identified(page, 'hal')
    await expect.poll(() => page.transcript()).toHaveLength(1)
    await says(page, 'I am Hal')
  })

  test('who is told of in two tabs at once goes on in both', async () => {
    const device = await shop.browser.device()
    const one = await known('eva', device)
    const two = await visits(device)
    await two.opens()
    await two.sees('I am eva')
    let asked = 0
    await device.context.route('**/identify', async (route) => {
      asked += 1
      await expect.poll(() => asked).toBe(2)
      await route.fallback()
    })
    await Promise.all([identified(one, 'finn'), identified(two, 'finn')])
    await expect.poll(() => one.transcript()).toHaveLength(1)
    await expect.poll(() => two.transcript()).toHaveLength(1)
    await says(one, 'I am Finn')
    await two.sees('I am Finn')
  })
})

describe('who is told of', () => {
  test('by a token that has run out meanwhile is not kept from help, and is known once the page tells anew', async () => {
    const here = await visits()
    await identified(here, 'ivy', -60)
    await here.opens()
    await says(here, 'It is me, Ivy')
    const told = here.page.waitForResponse('**/identify')
    await identified(here, 'ivy')
    expect((await told).ok()).toBe(true)
  })

  test('while a conversation begins is known in it', async () => {
    const here = await visits()
    const start = await starts(here)
    await here.launcher.click()
    const first = await start(0)
    await identified(here, 'carl')
    const told = here.page.waitForResponse('**/identify')
    await first.answer()
    await told
    await says(here, 'It is me, Carl')
    await here.page.unrouteAll({ behavior: 'ignoreErrors' })
    const there = await visits()
    await identified(there, 'carl')
    await there.opens()
    await there.sees('It is me, Carl')
  })

  test('while the line is broken is known once it is back', async () => {
    const here = await visits()
    await here.opens()
    await says(here, 'It is me, Dora')
    let lost = 0
    await here.page.route('**/identify', (route) => (++lost > 2 ? route.fallback() : route.abort('connectionreset')))
    const told = here.page.waitForResponse('**/identify')
    await identified(here, 'dora')
    await told
    const there = await visits()
    await identified(there, 'dora')
    await there.opens()
    await there.sees('It is me, Dora')
  })
})

describe('a conversation that the page begins anew', () => {
  test('stays the one, whenever the answer to an earlier beginning comes', async () => {
    const ann = await visits()
    const start = await starts(ann)
    await ann.launcher.click()
    const first = await start(0)
    await calls(ann, 'start', { customer: { name: 'Ann' } })
    await (await start(1)).answer()
    await ann.sees('I’m the assistant')
    const conversation = await ann.conversation()
    await first.answer()
    await says(ann, 'Hello')
    expect(await ann.conversation()).toBe(conversation)
  })

  test('is asked for again as the same, though an earlier beginning was answered meanwhile', async () => {
    const ann = await visits()
    const start = await starts(ann)
    await ann.launcher.click()
    const first = await start(0)
    await calls(ann, 'start', { customer: { name: 'Ann' } })
    const second = await start(1)
    await second.answer(true)
    await ann.dialog.getByText(words.unreachable).waitFor()
    await first.answer()
    await ann.button(words.again).click()
    const third = await start(2)
    expect(third.key).toBe(second.key)
    expect(third.key).not.toBe(first.key)
    await third.answer()
    await ann.sees('I’m the assistant')
  })

  test('takes no file of the one before along', async () => {
    const ann = await visits()
    const does = await shop.withSarah(ann)
    await picks(ann)
    await does({ type: 'agent.resolve', resolution: 'Done.' })
    await does({ type: 'survey.answer', score: 5 }).catch(() => {})
    await ann.button(words.anew).click()
    await ann.sees('I’m the assistant')
    expect(await ann.button('Remove label.pdf').count()).toBe(0)
    await says(ann, 'Something else')
  })
})
