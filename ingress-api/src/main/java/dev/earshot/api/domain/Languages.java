package dev.earshot.api.domain;

import java.util.Set;

/** The language codes that may be asked for: Whisper's 99 and {@code yue}. */
public final class Languages {

    private static final Set<String> CODES =
            Set.of(("af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa"
                            + " fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml"
                            + " mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk"
                            + " tl tr tt uk ur uz vi yi yo yue zh")
                    .split(" "));

    private Languages() {}

    public static boolean contains(String code) {
        return CODES.contains(code);
    }
}
