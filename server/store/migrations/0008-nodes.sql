-- What several nodes share: which of them live, and the documents that one machine keeps as files.
--
-- Laws, added to those before:
--   16. A node lives until `live_until`, by the database's clock, and moves that on while it lives. What has passed is
--       never moved on: a node that was away for longer is another one when it comes back.
--   17. `claims` are the pools of jobs of a node. The jobs of one that does not live any more are given back once, by
--       whoever sees it first.
--   18. A published version never changes, and no number is given twice, also not after all versions are gone.
--   19. A document changes only on the revision that was read, so of two who change it at once one looks again.
--   20. The first secret of a name stays.
create table baton.nodes (
  id text primary key,
  host text not null,
  started_at timestamptz not null default clock_timestamp(),
  live_until timestamptz not null,
  claims text[] not null default '{}'
);

create table baton.documents (
  name text primary key,
  document text not null,
  revision bigint not null,
  changed_at timestamptz not null default clock_timestamp()
);

create table baton.secrets (
  name text primary key,
  secret text not null,
  made_at timestamptz not null default clock_timestamp()
);

-- Of what nodes are configured with and all must be given alike: a hash of it, of the node that started last.
create table baton.prints (
  name text primary key,
  print text not null,
  at timestamptz not null default clock_timestamp()
);

-- A row stays when its draft is removed: versions are kept, and their numbers count on.
create table baton.flows (
  id text collate "C" primary key,
  draft text,
  etag text,
  changed_at timestamptz not null default clock_timestamp(),
  live integer,
  last_version integer not null default 0
);

create table baton.flow_versions (
  flow text collate "C" not null,
  version integer not null,
  document text not null,
  published_at timestamptz not null,
  note text,
  primary key (flow, version)
);

-- The files that were brought over, so that each is brought once, whichever node comes with it.
create table baton.flow_files (
  flow text collate "C" not null,
  etag text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (flow, etag)
);
