/** What a customer asks of the server. Everything that is refused, or not answered, is thrown as an `ApiProblem`. */
import { follow, type Feed, type FeedEvent } from '#ui/feed.ts'
import { noAnswer, problemIn, request } from '#ui/request.ts'
import {
  isAdvance,
  isAttachment,
  isStarted,
  type Advance,
  type Attachment,
  type CustomerEvent,
  type Started,
} from './wire.ts'

/** A customer's conversation, and the token that opens it. */
export interface Pass {
  readonly id: string
  readonly token: string
}

export interface Opening {
  readonly flow: string
  readonly page: string
  readonly language?: string
  readonly timezone: string
  readonly customer?: Readonly<Record<string, unknown>>
  readonly variables?: Readonly<Record<string, unknown>>
}

export interface Upload {
  readonly done: Promise<Attachment>
  cancel(): void
}

const PATIENCE = 30_000

export type Server = ReturnType<typeof createServer>

export function createServer(base: string) {
  const path = ({ id }: Pass, rest: string): string => `/v1/conversations/${encodeURIComponent(id)}/${rest}`
  const post = (token: string | null, where: string, body: unknown, key?: string): Promise<Response> =>
    request({ base, key: token }, where, {
      method: 'POST',
      body,
      // A line that is half open would hold up for ever what comes after.
      signal: AbortSignal.timeout(PATIENCE),
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    })

  return {
    start: (opening: Opening, key: string, identity?: string): Promise<Started> =>
      post(null, '/v1/widget/conversations', { ...opening, ...(identity === undefined ? {} : { identity }) }, key).then(
        read(isStarted),
      ),
    send: (pass: Pass, event: CustomerEvent, key: string): Promise<Advance> =>
      post(pass.token, path(pass, 'events'), event, key).then(read(isAdvance)),
    identify: (pass: Pass, identity: string): Promise<Advance> =>
      post(pass.token, path(pass, 'identify'), { identity }).then(read(isAdvance)),
    typing: (pass: Pass, typing: boolean): Promise<unknown> => post(pass.token, path(pass, 'typing'), { typing }),
    emailTranscript: (pass: Pass, to: string): Promise<unknown> =>
      post(pass.token, path(pass, 'transcript/email'), { to }),
    listen: (
      pass: Pass,
      after: number,
      onEvent: (event: FeedEvent) => void,
      onState: Parameters<typeof follow>[3],
    ): Feed => follow({ base, key: pass.token }, path(pass, `stream?after=${after}`), onEvent, onState),
    file: (pass: Pass, attachment: string): Promise<Blob> =>
      request({ base, key: pass.token }, path(pass, `attachments/${encodeURIComponent(attachment)}`)).then((answer) =>
        answer.blob(),
      ),
    upload: (pass: Pass, file: File, onProgress: (part: number) => void): Upload =>
      upload(`${base}${path(pass, `attachments?name=${encodeURIComponent(file.name)}`)}`, pass.token, file, onProgress),
  }
}

/** By XMLHttpRequest: `fetch` does not tell how far a body has gone. */
function upload(address: string, token: string, file: File, onProgress: (part: number) => void): Upload {
  const call = new XMLHttpRequest()
  const done = new Promise<Attachment>((resolve, reject) => {
    const fail = (): void => reject(problemIn(parsed(call.responseText), call.status))
    call.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    call.onerror = call.onabort = fail
    call.onload = () => {
      const answer = parsed(call.responseText)
      if (call.status < 300 && isAttachment(answer)) resolve(answer)
      else fail()
    }
  })
  call.open('POST', address)
  call.setRequestHeader('Authorization', `Bearer ${token}`)
  call.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
  call.send(file)
  return { done, cancel: () => call.abort() }
}

/** An answer that is not what was asked for is none. */
function read<Form>(isForm: (data: unknown) => data is Form): (answer: Response) => Promise<Form> {
  return async (answer) => {
    const data: unknown = await answer.json().catch(() => null)
    if (isForm(data)) return data
    throw noAnswer()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
