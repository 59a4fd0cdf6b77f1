-- Who is about to change what, so that no crash between a change and its entry in the audit log leaves the change unsaid.
--
-- Law, added to those before: an undertaking is there, durable, before the change that it names is begun; one statement takes
-- it away and appends the entry. One that nobody has come back to becomes an entry that says so.
create table baton.undertakings (
  id bigint generated always as identity primary key,
  at bigint not null,
  -- What is appended if nobody comes back.
  entry text not null
);

-- Without an entry: nothing was changed.
create function baton.settle_audit(p_undertaking bigint, p_at bigint, p_entry text) returns void language plpgsql as $$
begin
  delete from baton.undertakings where id = p_undertaking;
  if p_entry is not null then perform baton.append_audit(p_at, p_entry); end if;
end $$;

-- Appends those of before `p_before`, the oldest first; answers how many. Nodes that do it at once do each of them once.
create function baton.settle_forsaken(p_before bigint, p_now bigint) returns integer language plpgsql as $$
declare
  v_entry text;
  v_settled integer := 0;
begin
  for v_entry in
    with forsaken as (delete from baton.undertakings where at < p_before returning id, entry)
    select entry from forsaken order by id
  loop
    perform baton.append_audit(p_now, v_entry);
    v_settled := v_settled + 1;
  end loop;
  return v_settled;
end $$;
