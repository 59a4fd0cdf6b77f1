/**
 * `baton serve` as a process of its own, as an operator runs it.
 *
 *   starting --/health/ready answers--> ready --stop() or kill()--> ended
 *            --the process ends--> an error with what it said
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { builtProgram } from '#test/driver/built.ts'

export interface ServerSettings {
  readonly port: number
  readonly flowsDir: string
  readonly dataDir: string
  readonly adminKey: string
  /** Unset: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl?: string
  /** Unset: the program built of what is in the folders now. */
  readonly program?: string
  /** For Node itself, before the program. */
  readonly flags?: readonly string[]
  /** Hears each line it prints. */
  readonly onLine?: (line: string) => void
}

export interface StartedServer {
  readonly url: string
  /** The id of its process; undefined when it could not be started at all. */
  readonly process: number | undefined
  /** Ends it in order, and its embedded PostgreSQL with it. */
  stop(): Promise<void>
  /** Ends it at once, as a crash does; its embedded PostgreSQL lives on. */
  kill(): Promise<void>
  /** The end of what it has printed, when it has ended without being told to; undefined while it runs. */
  lastWords(): string | undefined
}

/** As `npm start` has it: what a request leaves behind is gone before it must be copied, and one thread clears up beside. */
const COLLECTION = ['--max-semi-space-size=64', '--v8-pool-size=1']
const PATIENCE = 60_000
const LOOK_EVERY = 10
const LINES_KEPT = 40

/** Resolves when `/health/ready` answers. */
export async function startServer({
  port,
  flowsDir,
  dataDir,
  adminKey,
  databaseUrl,
  program,
  flags = [],
  onLine,
}: ServerSettings): Promise<StartedServer> {
  const child = spawn(process.execPath, [...COLLECTION, ...flags, program ?? (await builtProgram()), 'serve'], {
    env: {
      ...inherited(),
      PORT: String(port),
      FLOWS_DIR: flowsDir,
      DATA_DIR: dataDir,
      BATON_ADMIN_KEY: adminKey,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let ended = false
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line)
      said.splice(0, said.length - LINES_KEPT)
      onLine?.(line)
    })
  const exit = once(child, 'exit').then(() => {
    ended = true
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (!ended) child.kill(signal)
    await exit
  }
  const url = `http://127.0.0.1:${port}`
  const patience = Date.now() + PATIENCE
  while (!(await isReady(url))) {
    if (!ended && Date.now() < patience) continue
    await end('SIGTERM')
    throw new Error(`The server did not get ready:\n${said.join('\n')}`)
  }
  return {
    url,
    process: child.pid,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    lastWords: () => (ended ? said.join('\n') : undefined),
  }
}

/** Whether the server takes work now. A no takes a moment, so that callers may ask again at once. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )
  if (!answer) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
  return answer
}

/** The environment without what would configure the server otherwise. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OTHERWISE.test(name)))
}
const OTHERWISE =
  /^(DATABASE_URL|HOST|NODE_ENV|NODE_OPTIONS|LOG_LEVEL|OUTBOUND_ALLOW|CORS_ORIGINS|RATE_LIMIT.*|VITEST.*)$/
