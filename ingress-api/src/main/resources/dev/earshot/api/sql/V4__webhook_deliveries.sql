-- What users are told, written in the transaction in which it happens: outbox and ledger in one.
create table earshot.webhook_deliveries (
    id              bigint generated always as identity primary key,
    user_id         bigint      not null references earshot.users on delete cascade,
    meeting_id      bigint      not null references earshot.meetings on delete cascade,
    event_id        text        not null,
    event_type      text        not null,
    -- JSON, byte for byte as it is signed and sent.
    body            text        not null,
    -- queued, delivered, suppressed, blocked, failed
    outcome         text        not null,
    attempts        integer     not null default 0,
    -- From here the day is counted after which it is given up.
    queued_at       timestamptz not null default now(),
    next_attempt_at timestamptz,
    finished_at     timestamptz,
    last_status     integer,
    last_error      text,
    created_at      timestamptz not null default now(),
    -- Whatever happens twice is told once.
    unique (user_id, event_id)
);

create index webhook_deliveries_due on earshot.webhook_deliveries (next_attempt_at) where outcome = 'queued';
create index webhook_deliveries_by_user on earshot.webhook_deliveries (user_id, id);
create index webhook_deliveries_by_meeting on earshot.webhook_deliveries (meeting_id, event_type);
create index webhook_deliveries_by_age on earshot.webhook_deliveries (created_at);
