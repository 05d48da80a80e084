package dev.earshot.api.domain;

/** The request is understood and the answer is no: an HTTP status and one sentence for the caller. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public RefusedException(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static RefusedException notFound(String detail) {
        return new RefusedException(404, detail);
    }

    /** HTTP status, 4xx or 5xx. */
    public int status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
