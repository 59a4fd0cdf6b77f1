/**
 * Mails on their way out. A mail and the job that sends it are written together.
 *
 *   pending --sent--> sent
 *           --the mail server cannot be reached, or says later--> pending, tried again, `TRIES` times in all
 *           --it refuses the mail for good, or the last try fails--> failed; the log says so
 *
 * Law: a mail that was sent is not sent again. What no program can exclude is a server that dies after the mail server
 * has taken a mail and before that is written down: the mail is then sent twice, under one Message-ID.
 */
import type { Task, TaskList } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import type { Mails } from '../runtime/runtime.ts'
import { reading } from '../runtime/write.ts'
import type { MailRow } from '../store/tables.ts'
import { MailRefused, type Mailer } from './mailer.ts'

/** With graphile-worker's pauses these take more than a day. */
const TRIES = 12

export interface MailQueue extends Mails {
  /** The job, where there is a mailer: one that cannot be run here is left to another node. */
  readonly tasks: TaskList
}

export function createMails(pool: pg.Pool, mailer: Mailer | undefined, clock: { now(): number }, log: Log): MailQueue {
  return {
    configured: mailer !== undefined,
    tasks: mailer === undefined ? {} : { mail: sending(pool, mailer, log) },
    async queue({ id, conversation, kind, to, subject, body, html, language }, { most, since }) {
      const { rows } = await reading(() =>
        pool.query<{ outcome: 'queued' | 'exists' | 'full' }>(
          'select baton.queue_mail($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as outcome',
          [id, conversation, kind, to, subject, body, html, language, clock.now(), since, most],
        ),
      )
      // The same mail is queued already.
      return rows[0]?.outcome === 'full' ? 'full' : 'queued'
    },
  }
}

function sending(pool: pg.Pool, mailer: Mailer, log: Log): Task {
  const settle = (id: string, state: MailRow['state'], tries: number, error: string | null) =>
    pool.query('update baton.mails set state = $2, tries = $3, error = $4 where id = $1', [id, state, tries, error])
  return async (payload, { job, abortSignal }) => {
    // Only `baton.queue_mail` adds jobs of this task.
    const { mail: id } = payload as { readonly mail: string }
    const { rows } = await pool.query<MailRow>(`select * from baton.mails where id = $1 and state = 'pending'`, [id])
    const [mail] = rows
    if (!mail) return
    const { recipient: to, subject, body, html, language } = mail
    try {
      await unlessClosing(
        abortSignal,
        mailer.send({ id, to, subject, body, ...(html === null ? {} : { html }), language }),
      )
    } catch (error) {
      if (abortSignal?.aborted) throw error
      const sentence = error instanceof Error ? error.message : String(error)
      const isOver = error instanceof MailRefused || job.attempts >= TRIES
      await settle(id, isOver ? 'failed' : 'pending', job.attempts, sentence)
      const fields = { mail: id, conversation: mail.conversation, attempt: job.attempts, error: sentence }
      if (isOver) return log.error(fields, 'A mail was given up; the mail server did not take it.')
      log.warn(fields, 'A mail could not be sent; it is tried again.')
      throw error
    }
    await reading(() => settle(id, 'sent', job.attempts, null))
  }
}

/** A mail server that is silent must not keep this one from closing. */
async function unlessClosing(signal: AbortSignal | undefined, work: Promise<void>): Promise<void> {
  let stop = (): void => {}
  const closing = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('The server was closed while this ran.'))
    signal?.addEventListener('abort', stop, { once: true })
  })
  await Promise.race([work, closing]).finally(() => signal?.removeEventListener('abort', stop))
}
