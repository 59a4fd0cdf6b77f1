-- What customers were promised for later. Both ids are the effects' ids: an effect that runs twice writes one row.

create table baton.tickets (
  id text primary key,
  conversation text not null,
  subject text not null,
  name text,
  email text,
  page text,
  brief text not null,
  summary text not null,
  transcript text not null,
  profile text not null,
  reply_within text not null,
  created_at bigint not null,
  mail_to text,
  mail text not null check (mail in ('none', 'pending', 'sent', 'failed')),
  webhook text not null check (webhook in ('none', 'pending', 'sent', 'failed'))
);
create index tickets_newest on baton.tickets (created_at desc, id desc);
create index tickets_conversation on baton.tickets (conversation);
create index tickets_unsent on baton.tickets (created_at) where mail = 'pending' or webhook = 'pending';

-- No two bookings of one schedule overlap: who books holds the schedule's advisory lock (server/effects/callbacks.ts).
create table baton.callbacks (
  id text primary key,
  conversation text not null,
  schedule text not null,
  at bigint not null,
  length bigint not null check (length > 0),
  customer text not null,
  booked_at bigint not null,
  unique (schedule, at)
);
create index callbacks_conversation on baton.callbacks (conversation);
