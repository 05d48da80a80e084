package dev.earshot.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RawSamplesProperties {

    @Property(tries = 200)
    void cutsDoNotMatter(
            @ForAll @Size(max = 200) short[] samples, @ForAll @Size(max = 20) List<@IntRange(max = 50) Integer> cuts) {
        var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        var reader = new RawSamples(RawSamples.Coding.S16LE);
        var read = ByteBuffer.allocate(samples.length * 2).asShortBuffer();
        int at = 0;
        for (int cut : cuts) {
            int length = Math.min(cut, bytes.capacity() - at);
            read.put(reader.read(Unpooled.wrappedBuffer(bytes.array(), at, length)));
            at += length;
        }
        read.put(reader.read(Unpooled.wrappedBuffer(bytes.array(), at, bytes.capacity() - at)));

        short[] all = new short[samples.length];
        read.flip().get(all);
        assertThat(all).containsExactly(samples);
    }

    @Example
    void floatsAreScaledAndClipped() {
        var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(0.5f).putFloat(-2f).putFloat(2f).putFloat(Float.NaN);

        assertThat(new RawSamples(RawSamples.Coding.F32LE).read(Unpooled.wrappedBuffer(bytes.array())))
                .containsExactly((short) 16_384, Short.MIN_VALUE, Short.MAX_VALUE, (short) 0);
    }
}
