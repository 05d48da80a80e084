package dev.earshot.standalone.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a transcript is written out. Text is escaped for the format, since whoever spoke may have said anything. */
public enum TranscriptFormat {
    TXT {
        @Override
        public String write(List<Line> lines) {
            return lines.stream()
                    .map(line -> "[" + clock(line.startMs(), ".") + "] "
                            + (line.speaker() == null ? "" : line.speaker() + ": ") + line.text() + "\n")
                    .collect(Collectors.joining());
        }
    },

    /** Source: W3C WebVTT, with a voice span per speaker and the segment id as cue identifier. */
    VTT {
        @Override
        public String write(List<Line> lines) {
            return lines.stream()
                    .map(line -> "\n" + line.segmentId() + "\n" + clock(line.startMs(), ".") + " --> "
                            + clock(line.endMs(), ".") + "\n"
                            + (line.speaker() == null ? "" : "<v " + voice(line.speaker()) + ">")
                            + escape(line.text()) + "\n")
                    .collect(Collectors.joining("", "WEBVTT\n", ""));
        }

        private static String voice(String speaker) {
            return escape(speaker.replace('\n', ' '));
        }

        private static String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },

    SRT {
        @Override
        public String write(List<Line> lines) {
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> {
                        Line line = lines.get(i);
                        return (i + 1) + "\n" + clock(line.startMs(), ",") + " --> " + clock(line.endMs(), ",") + "\n"
                                + (line.speaker() == null ? "" : line.speaker() + ": ") + line.text() + "\n";
                    })
                    .collect(Collectors.joining("\n"));
        }
    },

    JSON {
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
            try {
                return new ObjectMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(java.util.Map.of("segments", segments))
                        + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a transcript of strings and numbers is always JSON", e);
            }
        }
    };

    /** The whole transcript in this format, with a final newline. */
    public abstract String write(List<Line> lines);

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
