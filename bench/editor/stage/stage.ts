/** Where the figures of one run are measured: one build, one server, one browser. */
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { freePort } from '#server/store/embedded/port.ts'
import { topFolder } from '#server/top-folder.ts'
import { startChromium } from '#test/driver/chromium.ts'
import { startServer } from '#test/server/crash/started-server.ts'
import { ADMIN_KEY, call } from '../../live/administrator.ts'
import { documentOf } from '../flow.ts'
import { buildApps } from './apps.ts'
import { openFront } from './front.ts'

const WINDOW = { width: 1440, height: 900 } as const

export interface Stage {
  readonly url: string
  /** The id of a flow of so many nodes, which the server has; each call makes another. */
  flow(size: number): Promise<string>
  /** A browser of its own for one visit, signed in, with nothing kept from earlier ones. */
  visit<Result>(play: (page: Page) => Promise<Result>, look?: Look): Promise<Result>
}

export interface Look {
  readonly scheme?: 'light' | 'dark'
}

/** Builds, starts and, whatever happens, ends all of it. */
export async function onStage<Result>(play: (stage: Stage) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    // The postmaster of a run as root is another user and must get through.
    await chmod(folder, 0o711)
    const apps = await buildApps(join(folder, 'plain'))
    await cp(join(topFolder, 'flows'), join(folder, 'flows'), { recursive: true })
    const server = await startServer({
      port: await freePort(),
      adminKey: ADMIN_KEY,
      dataDir: join(folder, 'data'),
      flowsDir: join(folder, 'flows'),
    })
    closers.push(() => server.stop())
    const front = await openFront(apps, server.url)
    closers.push(() => front.close())
    const browser = await startChromium()
    closers.push(() => browser.close())
    return await play(stageOf(front.url, server.url, browser))
  } finally {
    for (const close of closers.toReversed()) await close()
  }
}

function stageOf(url: string, serverUrl: string, browser: Browser): Stage {
  let flows = 0
  return {
    url,
    async flow(size) {
      flows += 1
      const id = `bench${flows}of${size}`
      await call(serverUrl, 'PUT', `/v1/flows/${id}`, documentOf(id, size))
      return id
    },
    async visit(play, { scheme = 'light' } = {}) {
      const context = await browser.newContext({ viewport: WINDOW, colorScheme: scheme })
      try {
        await signIn(context)
        return await play(await context.newPage())
      } finally {
        await context.close()
      }
    },
  }
}

async function signIn(context: BrowserContext): Promise<void> {
  // What names functions for stack traces where this file runs does not go along with those that run in the page.
  await context.addInitScript('globalThis.__name = (made) => made')
  await context.addInitScript((key) => localStorage.setItem('baton.key', key), ADMIN_KEY)
}
