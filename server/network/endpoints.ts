/**
 * Named places that get signed webhooks: the bots of `bots.json`, the channels of `channels.json`. Each file is a list
 * a person may edit while the server runs: `[{"name": "billing", "url": "https://bots.example.com/billing"}]`.
 * 1. A file that was edited counts from the next look. One that cannot be read does not: what was known stays known.
 * 2. An endpoint without a secret gets one, written back into the file, which only its owner may read.
 * 3. A write is whole or not there: a temporary file, forced to disk, takes the old one's place.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Log } from '../runtime/log.ts'
import { isSecret, newSecret } from './webhook.ts'

export interface Endpoint {
  readonly name: string
  readonly url: string
  readonly secret: string
}

export interface Endpoints {
  /** By name; undefined when there is none. */
  get(name: string): Endpoint | undefined
  list(): readonly Endpoint[]
  /** Sets or replaces one. Without a secret it keeps the one it had, or gets a new one. */
  put(endpoint: EndpointInput): Endpoint
  /** False when there was none. */
  remove(name: string): boolean
}

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000, 'must be 2000 characters at most')
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
    'must not hold a name or password',
  )

/** What a caller or the file may say about an endpoint. */
export const endpointInput = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be a name: letters, digits, “_”, “-” and “.” (100 at most)'),
  url,
  secret: z
    .string()
    .refine(isSecret, 'must be “whsec_” and 24 to 64 bytes in base64; leave it out to have one made')
    .optional(),
})
export type EndpointInput = z.infer<typeof endpointInput>

const endpointFile = z.array(endpointInput).superRefine((endpoints, context) => {
  endpoints.forEach(({ name }, index) => {
    if (endpoints.findIndex((each) => each.name === name) < index) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `“${name}” is there twice; keep one` })
    }
  })
})

/** Opens the list in `file`, which need not exist yet. */
export function openEndpoints(file: string, log: Log): Endpoints {
  let known: readonly Endpoint[] = []
  let seen: string | undefined

  const current = (): readonly Endpoint[] => {
    const stamp = stampOf(file)
    if (stamp === seen) return known
    seen = stamp
    const read = stamp === undefined ? [] : readEndpoints(file, log)
    if (read === undefined) return known
    known = read.map(withSecret)
    if (read.some(({ secret }) => secret === undefined)) keepSecrets()
    return known
  }
  const keepSecrets = (): void => {
    try {
      save(known)
    } catch (error) {
      log.error(
        { file, error: String(error) },
        `${file} cannot be written, so the secrets made for it end with this process; write them into it.`,
      )
    }
  }
  const save = (endpoints: readonly Endpoint[]): void => {
    writeWhole(file, `${JSON.stringify(endpoints, null, 2)}\n`)
    known = endpoints
    seen = stampOf(file)
  }
  return {
    get: (name) => current().find((each) => each.name === name),
    list: current,
    put: (input) => {
      const before = current()
      const given = endpointInput.parse(input)
      const had = before.find((each) => each.name === given.name)
      const endpoint = { name: given.name, url: given.url, secret: given.secret ?? had?.secret ?? newSecret() }
      save([...before.filter((each) => each.name !== given.name), endpoint])
      return endpoint
    },
    remove: (name) => {
      const before = current()
      if (!before.some((each) => each.name === name)) return false
      save(before.filter((each) => each.name !== name))
      return true
    },
  }
}

function withSecret({ name, url: address, secret = newSecret() }: EndpointInput): Endpoint {
  return { name, url: address, secret }
}

function readEndpoints(file: string, log: Log): readonly EndpointInput[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    log.error(
      { file, error: String(error) },
      `${file} cannot be read as JSON; correct it. Until then the endpoints known before stay in use.`,
    )
    return undefined
  }
  const read = endpointFile.safeParse(json)
  if (read.success) return read.data
  const faults = read.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`)
  log.error(
    { file, faults },
    `${file} holds faults: ${faults.join('; ')}. Until they are corrected the endpoints known before stay in use.`,
  )
  return undefined
}

/** Changes whenever the file does; undefined while there is none. */
function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stat && `${stat.ino}:${stat.size}:${stat.mtimeNs}`
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
