/** `baton serve` as a process of its own whose every word is kept, and plain requests to it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { builtProgram } from '#test/driver/built.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

export interface BatonProcess {
  readonly url: string
  readonly child: ChildProcess
  /** All that it has printed. */
  said(): string
  /** Resolves to its exit code; undefined when a signal has ended it. */
  readonly ended: Promise<number | null>
  /** As the admin, or with another key; `null`: with none. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    key?: string | null,
    headers?: Record<string, string>,
  ): Promise<Answered>
  stop(): Promise<void>
}

const ADMIN_KEY = 'the-key-of-the-tests-admin'

/** Starts it and waits until it says where it runs. */
export async function startBaton(environment: Readonly<Record<string, string>>): Promise<BatonProcess> {
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] }
  const child = spawn(process.execPath, [await builtProgram(), 'serve'], {
    env: {
      ...inherited,
      PORT: '0',
      BATON_ADMIN_KEY: ADMIN_KEY,
      RATE_LIMIT: '0',
      WIDGET_STARTS: '0',
      WRONG_KEYS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let url: string | undefined
  let heard = (): void => {}
  const hear = (chunk: Buffer): void => {
    said += String(chunk)
    url ??= /Baton runs at (\S+)/.exec(said)?.[1]
    if (url !== undefined) heard()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  await Promise.race([new Promise<void>((resolve) => (heard = resolve)), ended])
  if (url === undefined) throw new Error(`It did not start:\n${said}`)
  const at = url
  return {
    url: at,
    child,
    said: () => said,
    ended,
    async ask(method, path, body, key = ADMIN_KEY, headers = {}) {
      const response = await fetch(new URL(path, at), {
        method,
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
        headers: {
          ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
          ...(body === undefined || body instanceof Uint8Array ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
      })
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
