/**
 * Mails on their way out. A mail and the job that sends it are written together.
 *
 *   pending --sent--> sent
 *           --the mail server cannot be reached, or says later--> pending, tried again, `TRIES` times in all
 *           --it refuses the mail for good, or the last try fails--> failed: a dead letter, which people see
 *
 * Law: a mail that was sent is not sent again. What no program can exclude is a server that dies after the mail server
 * has taken a mail and before that is written down: the mail is then sent twice, under one Message-ID.
 */
import type { Task, TaskList } from 'graphile-worker'
import { sql, type Kysely } from 'kysely'
import type pg from 'pg'
import { unlessClosing } from '../runtime/closing.ts'
import type { Log } from '../runtime/log.ts'
import type { MailLimit, Mails, NewMail } from '../runtime/runtime.ts'
import { reading } from '../runtime/write.ts'
import type { MailRow, Tables } from '../store/tables.ts'
import { MailRefused, type Mailer } from './mailer.ts'

/** With graphile-worker's pauses these take more than a day. */
const TRIES = 12

export interface MailQueue extends Mails {
  /** The job, where there is a mailer: one that cannot be run here is left to another node. */
  readonly tasks: TaskList
}

/** Writes a mail and its job, also within a transaction of the caller's. Without a limit it is never `full`. */
export async function queueMail(
  database: Kysely<Tables>,
  { id, conversation, kind, to, replyTo = null, subject, body, html, language }: NewMail,
  limit: MailLimit | null,
  now: number,
): Promise<'queued' | 'full'> {
  const { rows } = await sql<{ outcome: 'queued' | 'exists' | 'full' }>`
    select baton.queue_mail(${id}, ${conversation}, ${kind}, ${to}, ${replyTo}, ${kept(subject)},
      ${kept(body)}, ${kept(html)}, ${language}, ${now}::bigint, ${limit?.since ?? 0}::bigint,
      ${limit?.most ?? null}::integer, ${limit?.mostTo ?? null}::integer) as outcome`.execute(database)
  // The same mail is queued already.
  return rows[0]?.outcome === 'full' ? 'full' : 'queued'
}

export function createMails(
  { pool, database }: { readonly pool: pg.Pool; readonly database: Kysely<Tables> },
  mailer: Mailer | undefined,
  clock: { now(): number },
  log: Log,
): MailQueue {
  return {
    configured: mailer !== undefined,
    tasks: mailer === undefined ? {} : { mail: sending(pool, mailer, clock, log) },
    queue: (mail, limit) => reading(() => queueMail(database, mail, limit, clock.now())),
  }
}

/** PostgreSQL takes no NUL in a text. */
function kept(text: string): string {
  return text.replaceAll('\u0000', '')
}

function sending(pool: pg.Pool, mailer: Mailer, clock: { now(): number }, log: Log): Task {
  const settle = (id: string, state: MailRow['state'], tries: number, error: string | null) =>
    pool.query('select baton.settle_mail($1, $2, $3, $4, $5)', [id, state, tries, error, clock.now()])
  return async (payload, { job, abortSignal }) => {
    // Only `baton.queue_mail` adds jobs of this task.
    const { mail: id } = payload as { readonly mail: string }
    const { rows } = await pool.query<MailRow>(`select * from baton.mails where id = $1 and state = 'pending'`, [id])
    const [mail] = rows
    if (!mail) return
    const { recipient: to, reply_to: replyTo, subject, body, html, language } = mail
    try {
      await unlessClosing(
        abortSignal,
        mailer.send({
          id,
          to,
          ...(replyTo === null ? {} : { replyTo }),
          subject,
          body,
          ...(html === null ? {} : { html }),
          language,
        }),
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
