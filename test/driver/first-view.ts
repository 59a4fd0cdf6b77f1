/**
 * How much JavaScript the editor's first views are: everything that the browser fetches as a script until the page is
 * idle, each file as gzip packs it, in kB (1,000 bytes). Workers are not counted: they run beside the page. Laws: what
 * is built is what is in the folders now; each page is opened by a browser that has kept nothing; what the server would
 * answer is the same every time.
 */
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page, Route } from 'playwright-core'
import { builtEditor } from './built.ts'
import { startChromium } from './chromium.ts'

export interface FirstView {
  /** All flows, at `/`. */
  readonly gallery: number
  /** A flow on its canvas, a step of it chosen, and a word typed into its form. */
  readonly flow: number
}

/** Builds where nothing has, opens both pages, and answers kB. */
export async function firstView(): Promise<FirstView> {
  const folder = await builtEditor()
  const browser = await startChromium()
  try {
    return {
      gallery: await fetchedBy(browser, folder, '/', seeGallery),
      flow: await fetchedBy(browser, folder, `/flows/${drawn.id}`, typeIntoStep),
    }
  } finally {
    await browser.close()
  }
}

const ORIGIN = 'http://editor.test'

const drawn = {
  baton: 1,
  id: 'welcome',
  name: 'Welcome',
  language: 'en',
  timezone: 'UTC',
  variables: {},
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
    { id: 'greet', type: 'say', position: { x: 360, y: 0 }, data: { text: 'Hello {{ customer.name }}' } },
    { id: 'end', type: 'close', position: { x: 720, y: 0 }, data: { text: 'Goodbye.' } },
  ],
  edges: [
    { id: 'one', source: 'start', sourceHandle: 'next', target: 'greet' },
    { id: 'two', source: 'greet', sourceHandle: 'next', target: 'end' },
  ],
  viewport: { x: 0, y: 0, zoom: 1 },
}

async function seeGallery(page: Page): Promise<void> {
  await page.getByRole('link', { name: drawn.name }).waitFor()
}

/** With a brace, so that the text is read as well: what reads it is not to be fetched for the page. */
async function typeIntoStep(page: Page): Promise<void> {
  await page.locator('[data-card="greet"] p').first().click()
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.waitFor()
  await message.focus()
  await page.keyboard.press('End')
  await page.keyboard.type('!')
}

type Use = (page: Page) => Promise<void>

async function fetchedBy(browser: Browser, folder: string, path: string, use: Use): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const scripts = new Map<string, number>()
  const workers = new Set<string>()
  page.on('worker', (worker) => workers.add(worker.url()))
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.pathname.startsWith('/v1/')) return answer(route, url.pathname)
    const isFile = url.pathname.startsWith('/assets/')
    const body = await readFile(join(folder, isFile ? url.pathname : 'index.html'))
    if (url.pathname.endsWith('.js')) scripts.set(url.href, gzipSync(body, { level: 9 }).length)
    await route.fulfill({ body, contentType: typeOf(isFile ? url.pathname : 'index.html') })
  })
  await page.goto(`${ORIGIN}${path}#key=first-view`)
  await use(page)
  await page.waitForLoadState('networkidle')
  await page.close()
  const counted = [...scripts].filter(([url]) => !workers.has(url))
  if (counted.length === 0) throw new Error(`The page ${path} fetched no script: nothing was measured.`)
  return counted.reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }

function typeOf(path: string): string {
  return TYPES[extname(path)] ?? 'application/octet-stream'
}

/** The server, as far as these pages ask it. */
async function answer(route: Route, path: string): Promise<void> {
  const flow = `/v1/flows/${drawn.id}`
  const summary = {
    id: drawn.id,
    name: drawn.name,
    etag: '"1"',
    published: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
  }
  const page = (items: readonly unknown[]): unknown => ({ items, next: null })
  const json =
    path === '/v1/keys/self'
      ? { role: 'admin', name: 'First view' }
      : path === '/v1/flows'
        ? page([summary])
        : path === flow
          ? drawn
          : page([])
  await route.fulfill({ json, headers: path === flow ? { etag: '"1"' } : {} })
}
