package dev.earshot.api.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a transcript is written out. Text is escaped for the format, since whoever spoke may have said anything. */
public enum TranscriptFormat {
    TXT("text/plain;charset=UTF-8") {
        @Override
        public String write(List<Line> lines) {
            return lines.stream()
                    .map(line -> "[" + clock(line.startMs(), ".") + "] " + spoken(line) + "\n")
                    .collect(Collectors.joining());
        }
    },

    /** Source: W3C WebVTT, with a voice span per speaker and the segment id as cue identifier. */
    VTT("text/vtt;charset=UTF-8") {
        @Override
        public String write(List<Line> lines) {
            return lines.stream()
                    .map(line -> "\n" + oneLine(line.segmentId()) + "\n" + clock(line.startMs(), ".") + " --> "
                            + clock(line.endMs(), ".") + "\n"
                            + (line.speaker() == null ? "" : "<v " + escape(line.speaker()) + ">")
                            + escape(line.text()) + "\n")
                    .collect(Collectors.joining("", "WEBVTT\n", ""));
        }

        private static String escape(String text) {
            return oneLine(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },

    SRT("application/x-subrip;charset=UTF-8") {
        @Override
        public String write(List<Line> lines) {
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> {
                        Line line = lines.get(i);
                        return (i + 1) + "\n" + clock(line.startMs(), ",") + " --> " + clock(line.endMs(), ",") + "\n"
                                + spoken(line) + "\n";
                    })
                    .collect(Collectors.joining("\n"));
        }
    },

    JSON("application/json") {
        @Override
        public String write(List<Line> lines) {
            var segments = lines.stream()
                    .map(line -> {
                        var segment = new LinkedHashMap<String, Object>();
                        segment.put("segment_id", line.segmentId());
                        segment.put("speaker", line.speaker());
                        segment.put("start", line.startMs() / 1000.0);
                        segment.put("end", line.endMs() / 1000.0);
                        segment.put("text", line.text());
                        return segment;
                    })
                    .toList();
            return MAPPER.writeValueAsString(Map.of("segments", segments)) + "\n";
        }
    };

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String mediaType;

    TranscriptFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The whole transcript in this format, with a final newline. */
    public abstract String write(List<Line> lines);

    /** Value of {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** Name in lower case, which is also the end of a file's name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A line break inside a line would end it, or begin what looks like another speaker's. */
    static String oneLine(String text) {
        return text.replaceAll("\\R+", " ");
    }

    private static String spoken(Line line) {
        return oneLine((line.speaker() == null ? "" : line.speaker() + ": ") + line.text());
    }

    private static String clock(long ms, String fraction) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%s%03d",
                ms / 3_600_000,
                ms / 60_000 % 60,
                ms / 1000 % 60,
                fraction,
                ms % 1000);
    }
}
