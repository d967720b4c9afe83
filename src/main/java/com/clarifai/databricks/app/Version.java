package com.clarifai.databricks.app;

/** The version in the jar's manifest. */
public final class Version {

    private Version() {}

    /** Name and version of the application. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "databricks-connect " + (version == null ? "(not packaged)" : version);
    }
}
