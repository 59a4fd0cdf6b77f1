-- Mails to one address. Who is not known may have something sent to an address of their choice, of as many conversations
-- as they begin: what goes to one address is counted over all of them.
--
-- Law, added to those before:
--   37. Of a kind of mail that is limited by address, not more than `p_most_to` are queued for one since `p_since`,
--       however they are written and at however many nodes at once: one is counted after the other.
create index mails_by_recipient on baton.mails (lower(recipient), kind, at);

-- As that of 0006, which nodes of the release before call; `full` also when `p_most_to` of this kind (null: never) went to
-- the same address since `p_since`.
create function baton.queue_mail(
  p_id text, p_conversation text, p_kind text, p_recipient text, p_reply_to text, p_subject text, p_body text,
  p_html text, p_language text, p_at bigint, p_since bigint, p_most integer, p_most_to integer
) returns text language plpgsql as $$
begin
  if p_most_to is not null then
    perform pg_advisory_xact_lock(hashtextextended('mails to ' || lower(p_recipient), 0));
    if not exists (select from baton.mails where id = p_id) and (
      select count(*) from baton.mails where lower(recipient) = lower(p_recipient) and kind = p_kind and at > p_since
    ) >= p_most_to then return 'full'; end if;
  end if;
  return baton.queue_mail(p_id, p_conversation, p_kind, p_recipient, p_reply_to, p_subject, p_body, p_html, p_language,
    p_at, p_since, p_most);
end $$;
