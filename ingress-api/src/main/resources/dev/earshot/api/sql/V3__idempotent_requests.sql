-- Requests that came with an idempotency key: the same one again gets the same answer and does nothing.
create table earshot.idempotent_requests (
    -- Whose: a user's id, 0 for the administrator.
    owner        bigint      not null,
    -- SHA-256 of the idempotency key, hex.
    key_hash     text        not null,
    -- SHA-256 of method, address and body, hex.
    request_hash text        not null,
    -- Null while the request is being answered.
    status       integer,
    content_type text,
    -- Sealed: answers may hold an API key.
    body         bytea,
    created_at   timestamptz not null default now(),
    primary key (owner, key_hash)
);

create index idempotent_requests_by_age on earshot.idempotent_requests (created_at);
