/** A real SMTP server on loopback that keeps what it is sent, and refuses when it is told to. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly from: string
  readonly to: readonly string[]
  /** The whole mail, headers and body, as it came. */
  readonly source: string
}

export interface MailServer {
  readonly url: string
  readonly received: readonly Received[]
  /** How often somebody wanted to send. */
  readonly tries: () => number
  /** The next mails are answered so. */
  answerNext(...codes: readonly number[]): void
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const answers: number[] = []
  let tries = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, callback) {
      tries++
      const code = answers.shift()
      callback(code === undefined ? null : Object.assign(new Error('Not now'), { responseCode: code }))
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        received.push({
          from,
          to: envelope.rcptTo.map((each) => each.address),
          source: Buffer.concat(chunks).toString(),
        })
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens on a port, never on a pipe.
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    tries: () => tries,
    answerNext: (...codes) => void answers.push(...codes),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A part of a mail in quoted-printable or base64, as the text it is. */
export function decoded(source: string): string {
  return source
    .split(/\r\n--[^\r\n]+\r\n/)
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n')
      const body = rest.join('\r\n\r\n')
      if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString()
      if (!/transfer-encoding: quoted-printable/i.test(head)) return body
      const bytes = body
        .replaceAll('=\r\n', '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      return Buffer.from(bytes, 'latin1').toString()
    })
    .join('\n')
}
