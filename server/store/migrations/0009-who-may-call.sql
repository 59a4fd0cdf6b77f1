-- Who may call: keys, people and their sessions; and the log of who changed what. Only hashes of secrets are kept, but
-- for those that sign customers' tokens. Times are epoch milliseconds.

-- Grows with every change by which somebody may do less or other than before. Nodes keep what secrets open and look at
-- this number, so that the database alone decides what they have to forget; no statement can leave it out.
create table baton.access_revision (
  one boolean primary key default true check (one),
  revision bigint not null default 1
);
insert into baton.access_revision default values;

create function baton.access_changed() returns trigger language plpgsql as $$
begin
  update baton.access_revision set revision = revision + 1;
  return null;
end $$;

-- (`baton.keys` are Idempotency-Keys.) Scopes: null stands for all rights of the role, the empty list for none.
create table baton.api_keys (
  id text primary key,
  role text not null,
  agent text,
  name text,
  scopes text[],
  created_at bigint not null,
  expires_at bigint,
  last_used_at bigint
);
create trigger access_changed after update of role, agent, name, scopes, expires_at or delete on baton.api_keys
  for each row execute function baton.access_changed();

-- A key has one secret without an end, and those that it replaced.
create table baton.key_secrets (
  hash text primary key,
  key text not null references baton.api_keys on delete cascade,
  until bigint
);
create index key_secrets_of_key on baton.key_secrets (key);
create trigger access_changed after update or delete on baton.key_secrets
  for each row execute function baton.access_changed();

-- `sign_in` is the name as it is compared; null for whom a provider signs in, who has issuer and subject instead.
create table baton.users (
  id text primary key,
  name text not null,
  sign_in text unique,
  email text,
  role text not null,
  agent text,
  password text,
  issuer text,
  subject text,
  disabled boolean not null default false,
  created_at bigint not null,
  last_seen_at bigint,
  unique (issuer, subject),
  check ((sign_in is null) = (password is null) and (issuer is null) = (subject is null)
    and (password is null) <> (issuer is null))
);
create trigger access_changed after update of name, email, role, agent, disabled or delete on baton.users
  for each row execute function baton.access_changed();

create table baton.sessions (
  id text primary key,
  hash text not null unique,
  person text not null references baton.users on delete cascade,
  created_at bigint not null,
  used_at bigint not null,
  expires_at bigint not null
);
create index sessions_of_person on baton.sessions (person);
create trigger access_changed after delete on baton.sessions
  for each row execute function baton.access_changed();

-- How many tries to sign in are left, by name, address, or both: a bucket that fills with time.
create table baton.sign_in_tries (
  what text primary key,
  level double precision not null,
  at bigint not null
);

-- Sign-ins that a provider was asked for, and what a browser exchanges for a session: each is taken out once.
create table baton.oidc_requests (
  state text primary key,
  browser text not null,
  nonce text not null,
  verifier text not null,
  back_to text not null,
  until bigint not null
);
create table baton.sign_in_codes (
  hash text primary key,
  person text not null references baton.users on delete cascade,
  until bigint not null
);

-- What signs customers' tokens since the first secret was replaced. Those before open until `earlier_until`.
create table baton.token_secrets (
  id bigint generated always as identity primary key,
  secret text not null,
  created_at bigint not null,
  earlier_until bigint not null
);
create trigger access_changed after insert or update or delete on baton.token_secrets
  for each row execute function baton.access_changed();

-- Who changed what. Each entry's hash covers the one before: SHA-256, in hexadecimal, of `previous`, id, time and entry,
-- a line each. The columns that are searched are made of the entry, so that they cannot say otherwise.
create table baton.audit (
  id bigint primary key,
  at bigint not null,
  entry text not null,
  hash text not null,
  actor text generated always as (entry::jsonb #>> '{actor,id}') stored,
  action text generated always as (entry::jsonb ->> 'action') stored,
  target text generated always as (entry::jsonb #>> '{target,id}') stored
);
create index audit_by_actor on baton.audit (actor, id desc);
create index audit_by_action on baton.audit (action, id desc);
create index audit_by_target on baton.audit (target, id desc);
create index audit_by_time on baton.audit (at);

create table baton.audit_head (
  one boolean primary key default true check (one),
  id bigint not null,
  hash text not null
);
insert into baton.audit_head (id, hash) values (0, '');

create function baton.append_audit(p_at bigint, p_entry text) returns bigint language plpgsql as $$
declare
  v_id bigint;
  v_hash text;
begin
  select id + 1, hash into v_id, v_hash from baton.audit_head for update;
  v_hash := encode(sha256(convert_to(concat_ws(E'\n', v_hash, v_id, p_at, p_entry), 'UTF8')), 'hex');
  insert into baton.audit (id, at, entry, hash) values (v_id, p_at, p_entry, v_hash);
  update baton.audit_head set id = v_id, hash = v_hash;
  return v_id;
end $$;

create function baton.audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only ever appended to.';
end $$;
create trigger audit_stands before update or delete on baton.audit
  for each statement execute function baton.audit_stands();
