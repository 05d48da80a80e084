-- A share link opens one meeting's text for whoever has it, for a while.
create table earshot.share_links (
    -- SHA-256 of the link's id, hex: who reads this table can open nothing with it.
    hash       text        primary key,
    meeting_id bigint      not null references earshot.meetings on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);

create index share_links_by_meeting on earshot.share_links (meeting_id);
create index share_links_by_expiry on earshot.share_links (expires_at);
