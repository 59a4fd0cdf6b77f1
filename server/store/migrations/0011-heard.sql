-- What channels have said to us by signed hooks, so that a delivery that is tried again is heard once.
--
-- Law, added to those before:
--   A delivery `(channel, id)` belongs to one conversation from before its message is said there. Whoever brings it again
--   is led to that conversation, whose own Idempotency-Key then answers as it did. It is moved to another only when that
--   one has closed without having taken it.
create table baton.heard (
  channel text not null,
  id text not null,
  -- Of the body: the same id with another body is no second try.
  hash text not null,
  conversation text not null,
  at bigint not null,
  primary key (channel, id)
);
create index heard_at on baton.heard (at);
create index heard_conversation on baton.heard (conversation);
