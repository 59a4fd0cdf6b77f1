/**
 * People at real browsers: one Chromium for a test file, a context of its own (a device: storage, cookies, screen) for
 * each person. Laws: a test fails on an error that no page caught and on whatever a page writes as an error; a test that
 * fails leaves a picture of each page; nothing outlives its test.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { hasChromium, startChromium } from './chromium.ts'

export interface DeviceOptions {
  /** In CSS pixels; 1440 by 900 if left out. */
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly touch?: boolean
  /** Errors of its pages that the test is about. */
  readonly provokes?: RegExp
}

/** A device with a browser; its tabs share what it keeps. */
export interface Device {
  readonly context: BrowserContext
  /** A new tab, on nothing. */
  tab(): Promise<Page>
  /** How often a hand, not the keyboard, has pressed on any page of it. */
  presses(): number
  goesOffline(): Promise<void>
  comesOnline(): Promise<void>
}

export interface TestBrowser {
  device(options?: DeviceOptions): Promise<Device>
}

/** Long, since machines are shared; nothing waits longer than what it waits for. */
const PATIENCE = 30_000

/** The browser of a test file, to be called at its top. Devices that a test takes are gone after it. */
export function testBrowser(): TestBrowser {
  let browser: Browser | undefined
  const open = new Set<BrowserContext>()
  const errors: string[] = []
  beforeAll(async () => {
    if (await hasChromium()) browser = await startChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(({ skip }) => {
    if (!browser) skip('Here it takes Google Chrome: the Chromium that npm brings runs on Linux with x64 only.')
  })
  afterEach(async ({ task }) => {
    const contexts = [...open]
    if (task.result?.state === 'fail') await pictured(task.name, contexts)
    await Promise.all(contexts.map(closed))
    expect(errors.splice(0), 'errors on the page').toEqual([])
  })
  return {
    async device({ width = 1440, height = 900, scheme = 'light', touch = false, provokes } = {}) {
      if (!browser) throw new Error('The browser is there from beforeAll on.')
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        reducedMotion: 'reduce',
        hasTouch: touch,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        acceptDownloads: true,
      })
      context.setDefaultTimeout(PATIENCE)
      open.add(context)
      context.once('close', () => open.delete(context))
      return watched(context, (error) => {
        if (provokes?.test(error) !== true) errors.push(error)
      })
    },
  }
}

async function watched(context: BrowserContext, failed: (error: string) => void): Promise<Device> {
  let presses = 0
  await context.exposeFunction('batonPressed', () => {
    presses += 1
  })
  await context.addInitScript(() => {
    const tell = (event: Event): void => {
      if (event.isTrusted) void Reflect.get(window, 'batonPressed')()
    }
    window.addEventListener('pointerdown', tell, true)
  })
  context.on('weberror', (error) => failed(String(error.error().stack ?? error.error())))
  context.on('console', (message) => {
    // Refusals and lost connections are answers: what comes of them is on the page.
    const isAnswer = message.text().startsWith('Failed to load resource') && message.location().url.includes('/v1/')
    if (message.type() === 'error' && !isAnswer) failed(`${message.text()} (${message.location().url})`)
  })
  return {
    context,
    tab: () => context.newPage(),
    presses: () => presses,
    goesOffline: () => context.setOffline(true),
    comesOnline: () => context.setOffline(false),
  }
}

/** What a test answers in the server's place may be under way still: that it comes to no end is no fault. */
async function closed(context: BrowserContext): Promise<void> {
  for (const each of [context, ...context.pages()]) await each.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
}

/** Says where the pictures of a failed test are. */
async function pictured(test: string, contexts: readonly BrowserContext[]): Promise<void> {
  const folder = join(tmpdir(), 'baton-failures')
  await mkdir(folder, { recursive: true })
  const stem = test.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 80)
  for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) {
    const path = join(folder, `${stem}-${index + 1}.png`)
    // A page that hangs or is gone has no picture; that is not what failed.
    const isTaken = await page.screenshot({ path, timeout: 5_000 }).then(
      () => true,
      () => false,
    )
    if (isTaken) process.stderr.write(`Picture of “${test}”: ${path}\n`)
  }
}

export interface Violation {
  readonly rule: string
  readonly help: string
  readonly at: readonly string[]
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong with a page as it stands, by the rules of WCAG 2.2 AA and axe's best practices; with the part that
 * a selector names, when one is given. In the dark only what is of colours: the rest is the same in the light.
 */
export async function violationsOn(page: Page, part: string | null = null): Promise<readonly Violation[]> {
  // Not as a script of the page: its policy admits only its own.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axe)
  return page.evaluate(async (selector) => {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches
    const { violations } = await Reflect.get(window, 'axe').run(selector ?? document, {
      runOnly: isDark
        ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
        : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return violations.map(
      (violation: {
        id: string
        help: string
        nodes: readonly { target: readonly unknown[]; failureSummary?: string }[]
      }) => ({
        rule: violation.id,
        help: violation.help,
        at: violation.nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
      }),
    )
  }, part)
}
