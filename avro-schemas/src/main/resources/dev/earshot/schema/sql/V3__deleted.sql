-- Meetings whose transcript was deleted. What is confirmed of one later is not written, and not shown if it was.
create table transcript.deleted (
    meeting_id bigint      primary key,
    deleted_at timestamptz not null default now()
);
