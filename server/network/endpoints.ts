/**
 * Named places that get signed webhooks: the bots of `bots.json`, the channels of `channels.json`. Each document is a
 * list: `[{"name": "billing", "url": "https://bots.example.com/billing"}]`; where it is kept, and by which laws, is in
 * `../store/documents.ts`. One more: an endpoint without a secret gets one, which is kept with it.
 */
import { z } from 'zod'
import type { Log } from '../runtime/log.ts'
import { documentInFile, type Documents, type StoredDocument } from '../store/documents.ts'
import { isSecret, newSecret } from './webhook.ts'

export interface Endpoint {
  readonly name: string
  readonly url: string
  readonly secret: string
  /** Of a channel: the flow that begins when a customer writes by it. */
  readonly flow?: string
}

export interface Endpoints {
  /** By name; undefined when there is none. */
  get(name: string): Endpoint | undefined
  list(): readonly Endpoint[]
  /** Sets or replaces one. Without a secret it keeps the one it had, or gets a new one. */
  put(endpoint: EndpointInput): Promise<Endpoint>
  /** False when there was none. */
  remove(name: string): Promise<boolean>
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
  flow: z.string().min(1).max(200).exactOptional(),
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
  return endpointsIn(documentInFile(file, endpointFile, [], log), log)
}

/** The list that is kept as the document `name`. */
export async function endpointsOf(documents: Documents, name: string, log: Log): Promise<Endpoints> {
  return endpointsIn(await documents.open(name, endpointFile, []), log)
}

function endpointsIn(document: StoredDocument<readonly EndpointInput[]>, log: Log): Endpoints {
  let read: readonly EndpointInput[] | undefined
  let known: readonly Endpoint[] = []

  const current = (): readonly Endpoint[] => {
    const now = document.current()
    if (now === read) return known
    read = now
    known = now.map((each) => withSecret(each, known))
    if (now.some(({ secret }) => secret === undefined)) keepSecrets(known)
    return known
  }
  const keepSecrets = (made: readonly Endpoint[]): void => {
    document
      .change((newest) => ({ value: newest.map((each) => withSecret(each, made)), result: undefined }))
      .catch((error: unknown) =>
        log.error({ error: String(error) }, 'The secrets made for endpoints without one could not be kept; set them.'),
      )
  }
  return {
    get: (name) => current().find((each) => each.name === name),
    list: current,
    put: async (input) => {
      const given = endpointInput.parse(input)
      return document.change((newest) => {
        const had = newest.find((each) => each.name === given.name)
        // Who was taken out and comes again is another: their secret may be why they went.
        const endpoint = withSecret({ ...given, secret: given.secret ?? had?.secret }, had ? known : [])
        return { value: [...newest.filter((each) => each.name !== given.name), endpoint], result: endpoint }
      })
    },
    remove: (name) =>
      document.change((newest) =>
        newest.some((each) => each.name === name)
          ? { value: newest.filter((each) => each.name !== name), result: true }
          : { value: newest, result: false },
      ),
  }
}

/** Its own, the one that was made for it here, or a new one. */
function withSecret(endpoint: EndpointInput, known: readonly Endpoint[]): Endpoint {
  const made = known.find((each) => each.name === endpoint.name)?.secret
  return { ...endpoint, secret: endpoint.secret ?? made ?? newSecret() }
}
