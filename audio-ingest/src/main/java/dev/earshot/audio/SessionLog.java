package dev.earshot.audio;

import dev.earshot.eventlog.EventLog;
import dev.earshot.schema.avro.MeetingEvent;
import dev.earshot.schema.avro.SpeakerEvent;
import java.time.Duration;

/** Where a session says what happens in it. Blocking; a failure to say it is a RuntimeException. */
interface SessionLog {

    void say(MeetingEvent event);

    void say(SpeakerEvent event);

    /** On the log's topics; each event may take so long to get into Kafka. */
    static SessionLog on(EventLog log, Duration patience) {
        return new SessionLog() {
            @Override
            public void say(MeetingEvent event) {
                log.publisher(log.topics().meetingEvents())
                        .publish(event.getMeetingId(), event)
                        .block(patience);
            }

            @Override
            public void say(SpeakerEvent event) {
                log.publisher(log.topics().speakerEvents())
                        .publish(event.getMeetingId(), event)
                        .block(patience);
            }
        };
    }
}
