create table earshot.users (
    id                  bigint generated always as identity primary key,
    email               text        not null,
    name                text,
    image_url           text,
    max_concurrent_bots integer     not null default 1,
    data                jsonb       not null default '{}',
    created_at          timestamptz not null default now()
);

-- Nobody can have two accounts by writing the address differently.
create unique index users_by_email on earshot.users (lower(email));

create table earshot.api_tokens (
    id           bigint generated always as identity primary key,
    user_id      bigint      not null references earshot.users on delete cascade,
    -- SHA-256 of the token, hex: the token itself is shown once and kept nowhere.
    hash         text        not null unique,
    scopes       text[]      not null,
    name         text,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz,
    expires_at   timestamptz
);

create index api_tokens_by_user on earshot.api_tokens (user_id);

create table earshot.meetings (
    id                bigint generated always as identity primary key,
    user_id           bigint      not null references earshot.users,
    platform          text        not null,
    native_meeting_id text,
    status            text        not null,
    bot_name          text,
    start_time        timestamptz,
    end_time          timestamptz,
    data              jsonb       not null default '{}',
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now()
);

-- Two requests at once cannot put two bots into one meeting.
create unique index meetings_live on earshot.meetings (user_id, platform, native_meeting_id)
    where status in ('requested', 'joining', 'awaiting_admission', 'needs_human_help', 'active');

create index meetings_by_user on earshot.meetings (user_id, platform, native_meeting_id, created_at);

-- The sweeper looks only at meetings that are not over.
create index meetings_open on earshot.meetings (updated_at) where status not in ('completed', 'failed');

create table earshot.meeting_sessions (
    session_uid        text        primary key,
    meeting_id         bigint      not null references earshot.meetings on delete cascade,
    -- Wall clock of the session's audio sample 0; null until the bot hears something.
    session_start_time timestamptz,
    created_at         timestamptz not null default now()
);

create index meeting_sessions_by_meeting on earshot.meeting_sessions (meeting_id);
