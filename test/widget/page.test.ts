/**
 * The widget on the page that holds it: for everybody, by keyboard, on phones, on pages of others, for known
 * customers.
 */
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOn } from '#test/driver/browser.ts'
import { customerAt, words, type Customer } from '#test/driver/customer.ts'
import { identified, sharing, testShop } from './shop.ts'

const shop = testShop(['ecommerce', 'hello'], sharing)

describe.each(['light', 'dark'] as const)('nothing keeps anybody out, in %s:', (scheme) => {
  test('bot, queue, person, menu, mail, survey, end, and a phone', async () => {
    const device = await shop.browser.device({ scheme })
    const ann = await customerAt(device, shop.page('ecommerce'))
    const isFine = async (): Promise<void> => expect(await violationsOn(ann.page)).toEqual([])
    await isFine()
    await ann.opens()
    await isFine()
    const does = shop.doing(await ann.conversation())
    await ann.says('I want a person')
    await ann.dialog.getByText(words.next).waitFor()
    await isFine()
    await does({ type: 'agent.accept', agent: 'sarah' })
    await ann.sees('Sarah Lind joined')
    await ann.button(words.more).click()
    await isFine()
    await ann.button(words.transcript).click()
    await isFine()
    await ann.page.keyboard.press('Escape')
    await does({ type: 'agent.resolve', resolution: 'Done.' })
    await ann.button('3').waitFor()
    await isFine()
    await ann.button('3').click()
    await ann.button(words.skip).click()
    await ann.dialog.getByText(words.over).waitFor()
    await isFine()
    await ann.page.setViewportSize({ width: 390, height: 844 })
    await isFine()
  })
})

describe('by keyboard', () => {
  test('the window opens to its field, and Escape closes the menu, then the window, back to its button', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.launcher.focus()
    await ann.page.keyboard.press('Enter')
    await ann.log.locator('.said').first().waitFor()
    await ann.page.keyboard.type('Hello')
    expect(await ann.field.inputValue()).toBe('Hello')
    await ann.button(words.more).press('Enter')
    await ann.dialog.getByRole('switch', { name: words.sound }).waitFor()
    await ann.page.keyboard.press('Escape')
    await ann.dialog.getByRole('switch', { name: words.sound }).waitFor({ state: 'hidden' })
    await ann.page.keyboard.press('Escape')
    await ann.dialog.waitFor({ state: 'hidden' })
    expect(await ann.launcher.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true)
  })
})

describe('by mouse', () => {
  test('the word “Sound” switches it off, as its switch does', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.button(words.more).click()
    const sound = ann.dialog.getByRole('switch', { name: words.sound })
    expect(await sound.isChecked()).toBe(true)
    await ann.dialog.locator('.menu label').click({ position: { x: 12, y: 12 } })
    expect(await sound.isChecked()).toBe(false)
    expect(await sound.isVisible()).toBe(true)
    await ann.page.reload()
    await ann.opens()
    await ann.button(words.more).click()
    expect(await sound.isChecked()).toBe(false)
  })
})

describe('a button that its own press takes away leaves the keyboard in the field:', () => {
  const isInField = (ann: Customer): Promise<boolean> =>
    ann.field.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)

  test('“Start a new one”', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    const does = await shop.withSarah(ann)
    await does({ type: 'agent.resolve', resolution: 'Done.' })
    await does({ type: 'survey.answer', score: 5 }).catch(() => {})
    await ann.button(words.anew).press('Enter')
    await ann.sees('I’m the assistant')
    await expect.poll(() => isInField(ann)).toBe(true)
  })

  test('“New messages”', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    const does = await shop.withSarah(ann)
    await does({ type: 'agent.message', text: 'Line after line\n'.repeat(60) })
    await ann.sees('Line after line')
    await ann.dialog.locator('.scroll').evaluate((scroll) => (scroll.scrollTop = 0))
    await ann.button(words.newest).waitFor({ state: 'hidden' })
    await does({ type: 'agent.message', text: 'And the last' })
    await ann.button(words.newest).press('Enter')
    expect(await isInField(ann)).toBe(true)
  })

  test('“Try again”, where the server was not reached', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.page.route('**/v1/**', (route) => route.abort())
    await ann.launcher.click()
    await ann.button(words.again).waitFor()
    await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
    await ann.button(words.again).press('Enter')
    await ann.sees('I’m the assistant')
    await expect.poll(() => isInField(ann)).toBe(true)
  })

  test('“Try again” and “Discard”, at a message that was refused', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.page.route('**/events', (route) => route.fulfill({ status: 422, json: { detail: 'Not like this.' } }))
    await ann.says('Hello')
    await ann.says('Not this')
    await expect.poll(() => ann.button(words.discard).count()).toBe(2)
    await ann.button(words.discard).last().press('Enter')
    await ann.log.getByText('Not this', { exact: true }).waitFor({ state: 'detached' })
    await expect.poll(() => isInField(ann)).toBe(true)
    await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
    await ann.button(words.again).press('Enter')
    await ann.isThrough()
    await expect.poll(() => isInField(ann)).toBe(true)
  })
})

describe('on a phone', () => {
  test('it takes the whole screen, keeps the page behind out of reach, and gives it back', async () => {
    const device = await shop.browser.device({ width: 390, height: 844, touch: true })
    const ann = await customerAt(device, shop.page('hello'))
    await ann.opens()
    expect(await ann.dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
    for (let press = 0; press < 12; press++) {
      await ann.page.keyboard.press('Tab')
      expect(
        await ann.page.evaluate(() => ['BATON-CHAT', 'BODY'].includes(document.activeElement?.tagName ?? '')),
      ).toBe(true)
    }
    await ann.button(words.close).first().click()
    await ann.dialog.waitFor({ state: 'hidden' })
    await ann.launcher.waitFor()
  })
})

describe('who looks elsewhere', () => {
  test('is told in the title of the page, which is its own again once it is read', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    const does = await shop.withSarah(ann)
    const title = await ann.page.title()
    await ann.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await does({ type: 'agent.message', text: 'Are you there?' })
    await expect.poll(() => ann.page.title()).toBe(`(1) ${title}`)
    await ann.page.evaluate(() => {
      Reflect.deleteProperty(document, 'hidden')
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect.poll(() => ann.page.title()).toBe(title)
  })
})

/** The strictest policy that lets the widget of a server in. */
function policy(origin: string): string {
  const own = `script-src ${origin}; connect-src ${origin}; img-src blob:`
  return `default-src 'none'; ${own}; require-trusted-types-for 'script'`
}

describe('on a page of somebody else', () => {
  const host = createServer((_, answer) => {
    answer.writeHead(200, {
      'Content-Type': 'text/html',
      'Content-Security-Policy': policy(shop.server.url),
    })
    answer.end(`<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>${body}</html>`)
  })
  let body = ''
  beforeAll(() => new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise((resolve) => host.close(resolve)))

  /** A page of another origin. */
  async function visits(...flows: readonly string[]): Promise<Customer> {
    body = flows
      .map((flow) => `<script src="${shop.server.url}/widget.js" data-flow="${flow}" async></script>`)
      .join('')
    const address = host.address()
    return customerAt(
      await shop.browser.device(),
      `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    )
  }

  test('under a strict policy it looks and works the same', async () => {
    const ann = await visits('hello')
    await ann.opens()
    await ann.says('Hello from elsewhere')
    await ann.sees('Hello from elsewhere')
    await ann.isThrough()
    expect(await ann.launcher.evaluate((node) => getComputedStyle(node).position)).toBe('fixed')
  })

  test('added twice it is there once, and leaves one name in the page', async () => {
    const ann = await visits('hello', 'hello')
    await ann.launcher.waitFor()
    expect(await ann.page.locator('baton-chat').count()).toBe(1)
    const added = await ann.page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow))
      frame.remove()
      return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && !/^(0|batonPressed|__)/.test(name))
    })
    expect(added).toEqual(['baton'])
    expect(await ann.page.evaluate(() => Object.keys(localStorage).every((key) => key.startsWith('baton:')))).toBe(true)
  })

  test('the page hears of what happens, replaces words, and opens and closes it', async () => {
    const ann = await visits('hello')
    await ann.launcher.waitFor()
    await ann.page.evaluate(() => {
      const { baton } = window as unknown as {
        baton: { on(event: string, listener: (value: unknown) => void): void; words(words: object): void; open(): void }
      }
      for (const event of ['open', 'close', 'phase', 'message'])
        baton.on(event, (value) => {
          document.title += ` ${event}:${typeof value === 'string' ? value : typeof value}`
        })
      baton.words({ assistant: 'Ada' })
      baton.open()
    })
    await ann.dialog.getByRole('heading', { name: 'Ada' }).waitFor()
    await ann.sees('I’m the assistant')
    await expect
      .poll(() => ann.page.title().then((title) => title.split(' ').toSorted()))
      .toEqual(['Shop', 'message:object', 'open:undefined', 'phase:bot'].toSorted())
  })

  test('a flow that is not there is told in words', async () => {
    const ann = await visits('nowhere')
    await ann.launcher.click()
    await ann.dialog.getByText(words.unreachable).waitFor()
  })

  test('a server that cannot be reached is told in words, and tried again', async () => {
    const ann = await visits('hello')
    await ann.page.route('**/v1/**', (route) => route.abort())
    await ann.launcher.click()
    await ann.dialog.getByText(words.unreachable).waitFor()
    await ann.page.unrouteAll({ behavior: 'ignoreErrors' })
    await ann.button(words.again).click()
    await ann.sees('I’m the assistant')
  })

  test('a known customer goes on at another device, and another customer at this one does not see it', async () => {
    const ann = await visits('hello')
    await identified(ann, 'ann')
    await ann.opens()
    await ann.says('I am Ann')
    await ann.sees('I am Ann')
    await ann.isThrough()
    const elsewhere = await visits('hello')
    await identified(elsewhere, 'ann')
    await elsewhere.opens()
    await elsewhere.sees('I am Ann')
    await elsewhere.page.reload()
    await identified(elsewhere, 'ben')
    await expect
      .poll(() =>
        elsewhere.page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(':conversation'))),
      )
      .toEqual([])
    await elsewhere.opens()
    expect(await elsewhere.transcript()).toHaveLength(1)
  })
})
