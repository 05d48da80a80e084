-- One row per entry of transcript.segment.v1. The columns are the record's fields; see TranscriptSegment.avsc for units.
create table transcript.segment (
    meeting_id          bigint      not null,
    segment_id          text        not null,
    seq                 bigint      not null,
    kind                text        not null,
    revision            integer     not null,
    session_uid         text,
    track_id            text,
    participant_id      text,
    speaker             text,
    start_ms            bigint      not null,
    end_ms              bigint      not null,
    session_started_at  timestamptz,
    text                text        not null,
    words               jsonb       not null,
    language            text,
    model_name          text,
    model_hash          text,
    audio_partition     integer,
    audio_first_offset  bigint,
    audio_last_offset   bigint,
    start_sample        bigint,
    end_sample          bigint,
    status              text,
    reason              text,
    captured_ms         bigint,
    transcribed_ms      bigint,
    silent_ms           bigint,
    missing_ms          bigint,
    confirmed_at        timestamptz not null,
    written_at          timestamptz not null default clock_timestamp(),
    primary key (meeting_id, segment_id)
);

-- Every feed reads a meeting in the order of its cursor.
create unique index segment_by_cursor on transcript.segment (meeting_id, seq);
