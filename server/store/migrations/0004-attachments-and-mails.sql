-- Files that were sent in conversations, and mails on their way.
--
-- Laws, added to those of 0001 and 0003:
--   8. A file belongs to one conversation and is found by both ids only. Its bytes never change.
--   9. A mail is written with the job that sends it. `state` says whether it still has to go; a mail that has been sent
--      is not sent again, whatever the job does.

create table baton.attachments (
  conversation text not null,
  id text not null,
  name text not null,
  type text not null,
  size integer not null,
  hash text not null,
  sender text not null check (sender in ('customer', 'staff')),
  at bigint not null,
  bytes bytea not null,
  primary key (conversation, id)
);
-- Pictures and archives do not get smaller.
alter table baton.attachments alter column bytes set storage external;

-- Keeps a file unless its sender has as many as are allowed: `kept`, `exists` (the same id), `full`, `closed` or
-- `missing`. The conversation's row is held meanwhile, so that two at once are counted one after the other.
create function baton.keep_attachment(
  p_conversation text, p_id text, p_name text, p_type text, p_hash text, p_sender text, p_at bigint, p_bytes bytea,
  p_most integer
) returns text language plpgsql as $$
declare
  v_closed bigint;
begin
  select closed_at into v_closed from baton.conversations where id = p_conversation for no key update;
  if not found then return 'missing'; end if;
  if exists (select from baton.attachments where conversation = p_conversation and id = p_id) then return 'exists'; end if;
  if v_closed is not null then return 'closed'; end if;
  if (select count(*) from baton.attachments where conversation = p_conversation and sender = p_sender) >= p_most then
    return 'full';
  end if;
  insert into baton.attachments (conversation, id, name, type, size, hash, sender, at, bytes)
  values (p_conversation, p_id, p_name, p_type, length(p_bytes), p_hash, p_sender, p_at, p_bytes);
  return 'kept';
end $$;

create table baton.mails (
  id text primary key,
  conversation text not null,
  kind text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  html text,
  language text not null,
  at bigint not null,
  state text not null check (state in ('pending', 'sent', 'failed')),
  tries integer not null default 0,
  error text
);
create index mails_of on baton.mails (conversation, kind, at);

-- Writes a mail and its job: `queued`, `exists` (the same id) or `full` (as many of this kind since `p_since` as are
-- allowed). The conversation's row is held meanwhile, so that two at once are counted one after the other.
create function baton.queue_mail(
  p_id text, p_conversation text, p_kind text, p_recipient text, p_subject text, p_body text, p_html text,
  p_language text, p_at bigint, p_since bigint, p_most integer
) returns text language plpgsql as $$
begin
  perform from baton.conversations where id = p_conversation for no key update;
  if exists (select from baton.mails where id = p_id) then return 'exists'; end if;
  if (select count(*) from baton.mails where conversation = p_conversation and kind = p_kind and at > p_since) >= p_most
    then return 'full'; end if;
  insert into baton.mails (id, conversation, kind, recipient, subject, body, html, language, at, state)
  values (p_id, p_conversation, p_kind, p_recipient, p_subject, p_body, p_html, p_language, p_at, 'pending');
  perform graphile_worker.add_job('mail', json_build_object('mail', p_id), job_key => 'mail:' || p_id,
    max_attempts => 1000);
  return 'queued';
end $$;
