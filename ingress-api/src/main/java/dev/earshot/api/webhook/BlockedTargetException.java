package dev.earshot.api.webhook;

/** A webhook leads to an address that we do not go to. */
final class BlockedTargetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BlockedTargetException(String host) {
        super(host + " leads to an address that is not of the public Internet", null, false, false);
    }
}
