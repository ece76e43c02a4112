-- The ledger (RFC 9162): leaves wait here until the one sequencer gives them their places.

create table ledger_pending (
  case_id text not null,
  seq int not null,
  leaf bytea not null,
  at timestamptz not null,
  primary key (case_id, seq)
);

create table ledger_leaf (
  index bigint primary key,
  leaf bytea not null,
  case_id text not null,
  seq int not null
);
create index ledger_leaf_event on ledger_leaf (case_id, seq);

-- Roots of complete subtrees: node (level, index) covers leaves index·2^level … (index+1)·2^level − 1.
create table ledger_node (
  level int not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);

create table ledger_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  at timestamptz not null
);
