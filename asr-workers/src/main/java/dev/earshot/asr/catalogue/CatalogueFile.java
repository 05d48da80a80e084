package dev.earshot.asr.catalogue;

/**
 * One file of a published model. There is none without a digest: what is not known beforehand is not fetched.
 *
 * @param path in the repository, and in the model's folder
 * @param bytes its size
 * @param sha256 its SHA-256, lower-case hex
 */
public record CatalogueFile(String path, long bytes, String sha256) {

    public CatalogueFile {
        check(path.matches("[\\w.-]+(/[\\w.-]+)*") && !path.contains(".."), "path", path, "a relative path");
        check(bytes > 0, "bytes of " + path, bytes, "more than 0");
        check(sha256.matches("[0-9a-f]{64}"), "sha256 of " + path, sha256, "64 hex digits");
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
