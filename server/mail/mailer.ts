/**
 * The only way out for mail. Where it goes out and from whom it is, the operator says (`SMTP_URL`, `MAIL_FROM`); a
 * mail says to whom and what, and nothing in it is taken as an address list, a header, a file or a web address.
 */

export interface Mail {
  /** Stays the same when it is sent again: it becomes the Message-ID, by which a mailbox knows a repeated mail. */
  readonly id: string
  readonly to: string
  /** Where a reply goes; to who sends it when left out. */
  readonly replyTo?: string
  readonly subject: string
  readonly body: string
  readonly html?: string
  readonly language: string
}

export interface Mailer {
  /** Resolves when the mail server has taken it. Rejects with `MailRefused` when it never will. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** The mail server has refused a mail for good: trying again would change nothing. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
}

const CONNECT = 10_000
const SILENCE = 30_000

/** @param url `smtp://` (with STARTTLS where the server offers it) or `smtps://`, with user and password. */
export async function createMailer({ url, from }: { readonly url: string; readonly from: string }): Promise<Mailer> {
  // Loaded only where mail is on.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT,
    greetingTimeout: CONNECT,
    dnsTimeout: CONNECT,
    socketTimeout: SILENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^@\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    async send({ id, to, replyTo, subject, body, html, language }) {
      await transport
        .sendMail({
          from,
          to: { name: '', address: to },
          ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
          subject,
          text: body,
          ...(html === undefined ? {} : { html }),
          messageId: `<${id.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@${domain}>`,
          // What a caller says a language is may be any text.
          headers: {
            'Auto-Submitted': 'auto-generated',
            'Content-Language': /^[\w-]+$/.test(language) ? language : 'en',
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        .catch((error: unknown) => {
          throw faultOf(error)
        })
    },
    close: () => transport.close(),
  }
}

/** A reply 5xx to this recipient or mail is for good; one to who we are, or how we sign in, an operator can cure. */
function faultOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const code: unknown = Reflect.get(error, 'code')
  const reply: unknown = Reflect.get(error, 'responseCode')
  const isForGood = typeof reply === 'number' && reply >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return isForGood ? new MailRefused(error.message, { cause: error }) : error
}
