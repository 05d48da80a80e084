package dev.earshot.asr.catalogue;

/** Somebody who is told how far a download is. */
public interface Fetching {

    /** Tells nobody. */
    Fetching SILENT = (model, done) -> {};

    /**
     * @param done bytes of the whole model that are here and belong there
     */
    void progressed(CatalogueModel model, long done);
}
