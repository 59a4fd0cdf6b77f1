/**
 * What must hold between the tables, whatever happened to the servers that wrote them; anybody may ask it of a database
 * that is in use. Each law is one statement, which sees one moment, and finds what breaks it. (That a log replays to its
 * snapshot is the engine's to say: `baton verify`.)
 */
import type { Statements } from './pipeline.ts'

export interface Broken {
  readonly law: string
  readonly conversation: string
  /** What is wrong, in a sentence. */
  readonly what: string
}

/** At most so many of each law are told. */
const MOST = 20

/** Asks all laws, one after the other; an empty list is the good news. */
export async function brokenLaws(database: Statements): Promise<readonly Broken[]> {
  const found: Broken[] = []
  for (const [law, query] of Object.entries(laws)) {
    const { rows } = await database.query<{ conversation: string; what: string }>({
      text: `select conversation, what from (${query}) broken order by 1 limit ${MOST}`,
    })
    found.push(...rows.map((row) => ({ law, ...row })))
  }
  return found
}

/** By what each says; what a law finds is a conversation, and what is wrong with it. */
export const laws: Readonly<Record<string, string>> = {
  'The log of a conversation ends where its snapshot does': `
    select c.id as conversation, format('its log ends at event %s, entry %s; its row at %s, %s', l.version, l.seq, c.version, c.seq) as what
    from baton.conversations c left join lateral (
      select version, seq from baton.log where conversation = c.id order by seq desc limit 1) l on true
    where (l.version, l.seq) is distinct from (c.version, c.seq)`,
  'A log has no gap': `
    select conversation, format('entry %s comes after %s, event %s after %s', first_seq, before_seq, version, before_version) as what
    from (
      select conversation, first_seq, version, lag(seq) over log as before_seq, lag(version) over log as before_version
      from baton.log window log as (partition by conversation order by seq)) l
    where before_seq is not null and (first_seq <> before_seq + 1 or version <> before_version + 1)`,
  'A conversation has one owner': `
    select id as conversation, format('%s owns it in %s, held by %s', owner, phase, coalesce(agent, 'nobody')) as what
    from baton.conversations
    where (agent is not null) <> (phase = 'agentActive')
      or (phase = 'agentActive' and owner <> 'agent:' || agent) or (phase <> 'agentActive' and owner like 'agent:%')
      or (agent is not null and waiting_since is not null) or (offered_to is not null and waiting_since is null)`,
  'Who waits for a person is in the queue, and nobody else': `
    select coalesce(c.id, q.id) as conversation,
      case when q.id is null then 'it waits and is in no queue' when c.waiting_since is null then 'it is in a queue and does not wait'
        else 'the queue has another place or offer for it' end as what
    from baton.conversations c full join baton.queue q on q.id = c.id
    where (q.id is not null) <> (c.waiting_since is not null)
      or q.waiting_since <> c.waiting_since or q.offered <> (c.offered_to is not null)`,
  'Who waits or is held is one running handoff': `
    select c.id as conversation, format('%s handoffs of it run', count(h.id)) as what
    from baton.conversations c left join baton.handoffs h on h.conversation = c.id and h.finished_at is null
    group by c.id
    having count(h.id) <> case when c.waiting_since is not null or c.agent is not null then 1 else 0 end
      or max(h.agent) is distinct from c.agent or (c.agent is not null and max(h.weight) <> c.weight)`,
  'What has a deadline is woken, and what is closed is not': `
    select id as conversation, format('due at %s, woken at %s', coalesce(next_due::text, 'no time'), coalesce(wake_at::text, 'no time')) as what
    from baton.conversations
    where (next_due is not null and wake_at is null) or (closed_at is not null and (next_due is not null or wake_at is not null))`,
  'A key belongs to a conversation': `
    select conversation, 'the answer to a key is kept, and it is not there' as what
    from baton.keys k where not exists (select from baton.conversations c where c.id = k.conversation)`,
}
