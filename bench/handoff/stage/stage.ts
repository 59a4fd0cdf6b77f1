/** Where the figures are measured: a database and a server of their own for each, and whoever calls it. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { freePort } from '#server/store/embedded/port.ts'
import { topFolder } from '#server/top-folder.ts'
import { startChromium } from '#test/driver/chromium.ts'
import { installIn } from '#test/driver/installed.ts'
import { startServer } from '#test/server/crash/started-server.ts'
import { ADMIN_KEY } from '../../live/administrator.ts'
import { onStage } from '../../live/stage.ts'
import { startLoader, type Loader } from '../load/loader.ts'
import { openHost } from './host.ts'

/** The smallest whole handoff; it is open at every hour. */
export const FLOW = 'hello'

export interface Stage {
  readonly url: string
  /** The address of one more server, on the same database, that knows the keys made so far. */
  another(): Promise<string>
  /** As the administrator, or by another key. @throws Error with the answer when it is no success. */
  call(method: 'GET' | 'PUT' | 'POST', path: string, body?: object, key?: string): Promise<unknown>
  /** People who write and follow, in a process of their own. */
  loader(): Loader
  browser(): Promise<Browser>
  /** Somebody else's empty page with the chat on it, `/`, and one without it, `/bare`. */
  host(): Promise<string>
}

/** Installs, starts and, whatever happens, ends all of it. */
export function playOn<Result>(play: (stage: Stage) => Promise<Result>): Promise<Result> {
  return onStage(async ({ database, endsWith }) => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-handoff-'))
    endsWith(() => rm(folder, { recursive: true, force: true }))
    const program = await installIn(folder)
    const flowsDir = join(folder, 'flows')
    await mkdir(flowsDir)
    await cp(join(topFolder, 'flows', `${FLOW}.flow.json`), join(flowsDir, `${FLOW}.flow.json`))
    const databaseUrl = await database('handoff')
    const start = async (): Promise<string> => {
      const dataDir = join(folder, 'data')
      const port = await freePort()
      const server = await startServer({ port, databaseUrl, adminKey: ADMIN_KEY, dataDir, flowsDir, program })
      endsWith(() => server.stop())
      return server.url
    }
    const url = await start()
    return play({
      url,
      another: start,
      call: (method, path, body, key = ADMIN_KEY) => call(new URL(path, url), method, body, key),
      loader() {
        const loader = startLoader()
        endsWith(() => loader.end())
        return loader
      },
      async browser() {
        const browser = await startChromium()
        endsWith(() => browser.close())
        return browser
      },
      async host() {
        const host = await openHost(`${url}/widget.js`, FLOW)
        endsWith(() => host.close())
        return host.url
      },
    })
  })
}

async function call(address: URL, method: string, body: object | undefined, key: string): Promise<unknown> {
  const response = await fetch(address, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${address.pathname}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
