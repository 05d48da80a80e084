package dev.earshot.standalone;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the resources. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws Exception {
        var properties = new java.util.Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {"Earshot " + properties.getProperty("version")};
    }
}
