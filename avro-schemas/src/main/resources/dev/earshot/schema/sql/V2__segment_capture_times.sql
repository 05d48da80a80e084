-- When the audio of a segment was captured, so that written_at tells how long its text took to get here.
alter table transcript.segment
    add column end_captured_at timestamptz,
    add column ready_at timestamptz;
