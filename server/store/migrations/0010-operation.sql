-- Operation: dead letters that a person retries or sets aside, conversations that are forgotten whole, and the record
-- of whose were.
--
-- Laws, added to those before:
--   30. A conversation is forgotten whole, by one transaction: its row, its log, and all that bears its id. Of its handoffs
--       the figures stay, under an id that leads nowhere.
--   31. What an effect writes late about a conversation that was forgotten meanwhile is not written: the writer holds the
--       conversation's row while it writes (`only_of_kept`), so it comes before the forgetting, or finds nothing.
--   32. An erasure is recorded without the person: `customer` is a hash over a salt that nobody keeps here.
--   33. A dead letter that is retried is a job again, with the same effect under the same key, by the statement that takes
--       it off the list. One that was set aside stays on it.
--
-- Columns and tables are only added: a server of the release before goes on beside this.

alter table baton.dead_letters
  add column epoch integer,
  add column aside_at bigint;
create index dead_letters_conversation on baton.dead_letters (conversation);

create table baton.erasures (
  id bigint generated always as identity primary key,
  customer text not null,
  at bigint not null,
  conversations integer not null,
  rows jsonb not null
);

create function baton.only_of_kept() returns trigger language plpgsql as $$
begin
  perform from baton.conversations where id = new.conversation for key share;
  return case when found then new end;
end $$;
create trigger only_of_kept before insert on baton.tickets for each row execute function baton.only_of_kept();
create trigger only_of_kept before insert on baton.callbacks for each row execute function baton.only_of_kept();
create trigger only_of_kept before insert on baton.mails for each row execute function baton.only_of_kept();
create trigger only_of_kept before insert on baton.dead_letters for each row execute function baton.only_of_kept();

-- Written for every message that a customer's page shows, and without a word of anybody: it looks and holds nothing.
create function baton.only_if_kept() returns trigger language plpgsql as $$
begin
  return case when exists (select from baton.conversations where id = new.conversation) then new end;
end $$;
create trigger only_of_kept before insert on baton.follow_ups for each row execute function baton.only_if_kept();

-- Law 30. Answers the rows that went, by table, and `handoffs`: those whose figures stay. An agent who holds one of them
-- is free by it. Jobs that run at this moment find nothing to speak to when they end.
create function baton.forget_conversations(p_ids text[], p_now bigint) returns jsonb language plpgsql as $$
declare
  v_rows jsonb;
begin
  perform from baton.conversations where id = any(p_ids) order by id for update;
  with log as (delete from baton.log where conversation = any(p_ids) returning 1),
    keys as (delete from baton.keys where conversation = any(p_ids) returning 1),
    queue as (delete from baton.queue where id = any(p_ids) returning 1),
    attachments as (delete from baton.attachments where conversation = any(p_ids) returning 1),
    mails as (delete from baton.mails where conversation = any(p_ids) returning id),
    tickets as (delete from baton.tickets where conversation = any(p_ids) returning 1),
    callbacks as (delete from baton.callbacks where conversation = any(p_ids) returning 1),
    follow_ups as (delete from baton.follow_ups where conversation = any(p_ids) returning 1),
    heard as (delete from baton.heard where conversation = any(p_ids) returning 1),
    dead_letters as (delete from baton.dead_letters where conversation = any(p_ids) returning 1),
    -- graphile_worker deletes no job that runs, and these hold what customers said.
    jobs as (delete from graphile_worker._private_jobs j
      where j.payload->>'conversation' = any(p_ids)
        or j.key in (select 'mail:' || id from mails)
        or (j.key like 'wrapped:%' and regexp_replace(j.key, '^wrapped:(.*):\d+$', '\1') = any(p_ids))
      returning 1),
    handoffs as (
      update baton.handoffs h set conversation = n.id, reason = '', finished_at = coalesce(h.finished_at, p_now),
        left_at = case when h.accepted_at is null then coalesce(h.left_at, p_now) else h.left_at end,
        left_why = case when h.accepted_at is null then coalesce(h.left_why, 'erased') else h.left_why end
      from (select c, 'forgotten-' || gen_random_uuid() as id from unnest(p_ids) c) n
      where h.conversation = n.c returning 1),
    conversations as (delete from baton.conversations where id = any(p_ids) returning 1)
  select jsonb_build_object(
    'conversations', (select count(*) from conversations), 'log', (select count(*) from log),
    'keys', (select count(*) from keys), 'queue', (select count(*) from queue),
    'attachments', (select count(*) from attachments), 'mails', (select count(*) from mails),
    'tickets', (select count(*) from tickets), 'callbacks', (select count(*) from callbacks),
    'follow_ups', (select count(*) from follow_ups), 'dead_letters', (select count(*) from dead_letters),
    'heard', (select count(*) from heard), 'jobs', (select count(*) from jobs), 'handoffs', (select count(*) from handoffs)) into v_rows;
  return v_rows;
end $$;

-- Law 33. Answers whether there was such a letter.
create function baton.retry_dead_letter(p_id text) returns boolean language plpgsql as $$
declare
  v_letter baton.dead_letters;
  v_epoch integer;
begin
  delete from baton.dead_letters where id = p_id returning * into v_letter;
  if not found then return false; end if;
  if v_letter.type = 'mail' then
    update baton.mails set state = 'pending', tries = 0, error = null where id = p_id;
    update baton.tickets set mail = 'pending' where 'ticket-' || id = p_id and mail = 'failed';
    perform graphile_worker.add_job('mail', json_build_object('mail', p_id), job_key => 'mail:' || p_id,
      max_attempts => 1000);
    return true;
  end if;
  if v_letter.type = 'ticket' then
    update baton.tickets set webhook = 'pending' where id = p_id and webhook = 'failed';
  end if;
  -- One of before this migration does not say who owned the conversation: whoever does now.
  select coalesce(v_letter.epoch, c.epoch) into v_epoch from baton.conversations c where c.id = v_letter.conversation;
  perform graphile_worker.add_job('effect', json_build_object('conversation', v_letter.conversation,
    'epoch', coalesce(v_epoch, 0), 'effect', v_letter.effect::json), job_key => p_id, max_attempts => 1000);
  return true;
end $$;
