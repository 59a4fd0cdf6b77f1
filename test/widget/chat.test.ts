/**
 * The customer's side of the whole story, at a really started server: a person takes over in the same window, and
 * gives back.
 */
import { describe, expect, test } from 'vitest'
import { customerAt, words } from '#test/driver/customer.ts'
import { testShop } from './shop.ts'

const shop = testShop(['ecommerce', 'hello'])

describe('one window from the first word to the survey', () => {
  test('bot, questions, queue, person, handback, survey, and a new beginning', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('ecommerce'))
    await ann.opens()
    const does = shop.doing(await ann.conversation())
    await ann.button('I want to return something').click()
    await ann.isThrough()
    await does({ type: 'bot.intent', intent: 'return' })
    await ann.sees('Which order is it?')
    await ann.dialog.getByLabel(words.number).fill('20417')
    await ann.page.keyboard.press('Enter')
    await ann.button('It arrived damaged').click()
    await ann.sees('that is our fault')
    await ann.says('I want to talk to a person')
    await ann.dialog.getByText(words.comes).waitFor()
    await ann.dialog.getByText(words.next).waitFor()
    await does({ type: 'agent.accept', agent: 'sarah' })
    await ann.sees('Sarah Lind joined')
    await ann.dialog.getByRole('heading', { name: 'Sarah Lind' }).waitFor()
    await does({ type: 'agent.message', text: 'A new one is on its way.' })
    await ann.sees('A new one is on its way.')
    await ann.says('Thank you, Sarah.')
    await does({ type: 'agent.handback', note: 'Replaced.' })
    await ann.sees('Sarah Lind left')
    await ann.dialog.getByRole('heading', { name: words.assistant }).waitFor()
    await does({ type: 'bot.done' })
    await ann.dialog.getByRole('group', { name: 'Your rating, 1 to 5' }).waitFor()
    await ann.button('4').click()
    await ann.dialog.getByLabel(words.comment).fill('Quick and kind.')
    await ann.page.keyboard.press('Enter')
    await ann.dialog.getByText(words.over).waitFor()
    const said = await ann.transcript()
    expect(said.filter((each) => each.startsWith('You:')).map((each) => each.slice(5))).toEqual([
      'I want to return something',
      '20417',
      'It arrived damaged',
      'I want to talk to a person',
      'Thank you, Sarah.',
      '4',
      'Quick and kind.',
    ])
    const { messages } = (await shop.server.admin.call(
      'GET',
      `/v1/conversations/${await ann.conversation()}/transcript`,
    )) as { messages: { text: string }[] }
    expect(said.map((each) => each.slice(each.indexOf(': ') + 2))).toEqual(messages.map(({ text }) => text))
    await ann.button(words.anew).click()
    await ann.button('Where is my order?').waitFor()
    expect(await ann.transcript()).toHaveLength(1)
  })

  test('what is half typed stays when the question is asked again meanwhile', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('ecommerce'))
    await ann.opens()
    const does = shop.doing(await ann.conversation())
    await does({ type: 'bot.intent', intent: 'return' })
    await ann.dialog.getByLabel(words.number).fill('204')
    await does({ type: 'customer.message', text: 'Where does it stand?' })
    await ann.sees('I can’t find a number of five digits in that.')
    await ann.page.keyboard.type('17')
    expect(await ann.dialog.getByLabel(words.number).inputValue()).toBe('20417')
    await ann.page.keyboard.press('Enter')
    await ann.sees('Why are you sending it back?')
  })

  test('the score alone is an answer: the comment may be skipped', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('ecommerce'))
    await ann.opens()
    const does = shop.doing(await ann.conversation())
    await does({ type: 'bot.done' })
    await ann.button('5').click()
    await ann.button(words.skip).click()
    await ann.dialog.getByText(words.over).waitFor()
  })

  test('the score alone is an answer also where it was written in words', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('ecommerce'))
    await ann.opens()
    await shop.doing(await ann.conversation())({ type: 'bot.done' })
    await ann.button('5').waitFor()
    await ann.says('4 out of 5')
    await ann.button(words.skip).click()
    await ann.dialog.getByText(words.over).waitFor()
  })

  test('a window left open over midnight tells yesterday from today', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    const does = await shop.withSarah(ann)
    const day = ann.log.locator('.day').first()
    expect(await day.textContent()).toBe('today')
    await ann.page.clock.setFixedTime(Date.now() + 86_400_000)
    await does({ type: 'agent.message', text: 'Good morning' })
    await ann.sees('Good morning')
    expect(await day.textContent()).toBe('yesterday')
  })

  test('the Enter that ends a word of an input method sends nothing, also where it comes after that end', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.field.fill('にほん')
    await ann.field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
    expect(await ann.field.inputValue()).toBe('にほん')
    await ann.field.press('Enter')
    await ann.sees('にほん')
  })

  test('the Escape that puts a word of an input method aside leaves the window open', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.field.fill('にほん')
    await ann.field.dispatchEvent('keydown', { key: 'Escape', isComposing: true })
    expect(await ann.dialog.isVisible()).toBe(true)
    await ann.field.press('Escape')
    await ann.dialog.waitFor({ state: 'hidden' })
  })

  test('each sees the other writing', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await shop.withSarah(ann)
    const sarah = await shop.server.as('agent', 'sarah')
    const path = `/v1/conversations/${await ann.conversation()}`
    await sarah.call('POST', `${path}/typing`, { typing: true })
    await ann.dialog.getByText('Sarah Lind is writing').waitFor()
    await sarah.call('POST', `${path}/typing`, { typing: false })
    await ann.dialog.getByText('Sarah Lind is writing').waitFor({ state: 'hidden' })
    const ending = new AbortController()
    const events = await sarah.listen(`${path}/stream`, ending.signal)
    await ann.field.pressSequentially('Hel')
    let heard = ''
    for await (const part of events) {
      heard += part
      if (/event: typing\ndata: .*"from":"customer".*"typing":true/.test(heard)) break
    }
    ending.abort()
  })

  test('pictures are shown in place and other files offered, with the customer’s token', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    const picture = await ann.page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 60 } })
    await ann.page.locator('baton-chat input[type=file]').setInputFiles([
      { name: 'bowl.png', mimeType: 'image/png', buffer: picture },
      { name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 an invoice') },
    ])
    await ann.button('Remove invoice.pdf').waitFor()
    await ann.page.locator('baton-chat progress').first().waitFor({ state: 'detached' })
    await ann.says('Broken on arrival.')
    await ann.log.getByRole('img', { name: 'bowl.png' }).waitFor()
    const saving = ann.page.waitForEvent('download')
    await ann.button('Download invoice.pdf').click()
    expect((await saving).suggestedFilename()).toBe('invoice.pdf')
  })

  test('a file that is too large is refused in words, before it is sent', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    const large = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(10_000_001) }
    await ann.page.locator('baton-chat input[type=file]').setInputFiles(large)
    await ann.dialog.getByText(words.large).waitFor()
  })

  test('a file that is too large is told of though others were picked with it, until the rest has been sent', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    await ann.page.locator('baton-chat input[type=file]').setInputFiles([
      { name: 'before.txt', mimeType: 'text/plain', buffer: Buffer.from('a') },
      { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(10_000_001) },
      { name: 'after.txt', mimeType: 'text/plain', buffer: Buffer.from('b') },
    ])
    await ann.button('Remove after.txt').waitFor()
    expect(await ann.dialog.getByText(words.large).isVisible()).toBe(true)
    await ann.page.locator('baton-chat progress').first().waitFor({ state: 'detached' })
    await ann.says('Here they are.')
    await ann.isThrough()
    expect(await ann.dialog.getByText(words.large).isVisible()).toBe(false)
  })

  test('a picked file that is taken away leaves the keyboard where one writes', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    const file = { name: 'label.txt', mimeType: 'text/plain', buffer: Buffer.from('a') }
    await ann.page.locator('baton-chat input[type=file]').setInputFiles(file)
    await ann.button('Remove label.txt').press('Enter')
    await ann.page.keyboard.type('No file')
    expect(await ann.field.inputValue()).toBe('No file')
  })

  test('what is pasted before the conversation has begun is told to come too early', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    let begin = (): void => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    await ann.page.route('**/v1/widget/conversations', async (route) => {
      await begun
      await route.fallback()
    })
    const errors: Error[] = []
    ann.page.on('pageerror', (error) => errors.push(error))
    await ann.launcher.click()
    await ann.field.evaluate((field) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File(['a'], 'label.txt'))
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await ann.dialog.locator('.composer').getByText(words.wait).waitFor()
    begin()
    await ann.log.locator('.said').first().waitFor()
    expect(errors).toEqual([])
  })

  test('pictures are fetched once somebody looks, not on every page', async () => {
    const device = await shop.browser.device()
    const ann = await customerAt(device, shop.page('hello'))
    await ann.opens()
    const picture = await ann.page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 60 } })
    const bowl = { name: 'bowl.png', mimeType: 'image/png', buffer: picture }
    await ann.page.locator('baton-chat input[type=file]').setInputFiles(bowl)
    await ann.page.locator('baton-chat progress').first().waitFor({ state: 'detached' })
    await ann.says('Broken on arrival.')
    await ann.isThrough()
    let fetched = 0
    await ann.page.route('**/attachments/*', (route) => {
      fetched += 1
      return route.fallback()
    })
    const follows = ann.page.waitForResponse('**/stream?*')
    await ann.page.reload()
    await follows
    await shop.doing(await ann.conversation())({ type: 'bot.message', text: 'Anything else?' })
    await ann.page.locator('baton-chat .badge:not([hidden])').waitFor()
    expect(fetched).toBe(0)
    await ann.opens()
    await ann.log.getByRole('img', { name: 'bowl.png' }).waitFor()
    expect(fetched).toBe(1)
  })
})

describe('texts stay texts', () => {
  const hostile = [
    '<img src=x onerror="document.title=1"><script>document.title=2</script>',
    '{{ customer.email }} {% assign x = 1 %}',
    'abc \u202Egnp.exe and \u2066on',
    'javascript:alert(1) https://a@b.example http://x.example/\u202Efdp',
    '😀'.repeat(2_000),
    'W'.repeat(3_000),
    'مرحبا، أين طلبي؟',
  ]

  test('whatever is said by whom, it is shown as it is and breaks nothing', async () => {
    const ann = await customerAt(await shop.browser.device({ width: 390, height: 844 }), shop.page('hello'))
    const does = await shop.withSarah(ann)
    const title = await ann.page.title()
    for (const text of hostile) {
      await does({ type: 'agent.message', text })
      await ann.says(text)
      await expect.poll(async () => (await ann.transcript()).slice(-2)).toEqual([`Sarah Lind: ${text}`, `You: ${text}`])
      await ann.isThrough()
    }
    expect(await ann.page.title()).toBe(title)
    expect(await ann.log.locator('img, script').count()).toBe(0)
    expect(
      await ann.log
        .locator('a')
        .evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])),
    ).toEqual(Array.from({ length: 2 }, () => ['http://x.example/', 'noopener noreferrer nofollow']))
    const [inner, outer] = await ann.dialog
      .locator('.scroll')
      .evaluate((scroll) => [scroll.scrollWidth, scroll.clientWidth])
    expect(inner).toBe(outer)
  })

  test('100 kB of emoji are refused in words, and stay in the field', async () => {
    const ann = await customerAt(await shop.browser.device(), shop.page('hello'))
    await ann.opens()
    const much = '😀'.repeat(25_000)
    await ann.says(much)
    await ann.dialog.getByText('50,000 characters: 10,000 at most.').waitFor()
    expect(await ann.field.inputValue()).toBe(much)
  })
})
