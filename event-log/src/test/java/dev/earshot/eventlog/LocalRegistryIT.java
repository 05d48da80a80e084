package dev.earshot.eventlog;

/** The registry of the local stack. */
class LocalRegistryIT extends RegistryConformance {

    @Override
    String url() {
        return Servers.registryUrl();
    }
}
