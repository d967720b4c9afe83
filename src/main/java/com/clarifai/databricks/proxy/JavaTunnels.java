package com.clarifai.databricks.proxy;

/**
 * Java's own HTTP client keeps user and password back from a proxy when it asks for a tunnel, as it does for https (since
 * <a href="https://www.oracle.com/java/technologies/javase/8u111-relnotes.html">Java 8u111</a>), unless a property
 * says otherwise before the client is used for the first time in the process. Who gives this program a password for a proxy
 * wants it sent.
 */
final class JavaTunnels {

    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
    /** Nothing is disabled. The launcher and the container say so, too: there nothing can have come before. */
    static final String OPTION = "-D" + DISABLED_SCHEMES + "=";

    private static boolean late;

    private JavaTunnels() {}

    static synchronized void takePasswords() {
        if (System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, "");
            late = true;
        }
    }

    /** Whether Java may keep passwords back all the same, because this was said while it ran already. */
    static synchronized boolean mayKeepPasswords() {
        return late || !System.getProperty(DISABLED_SCHEMES, "").isBlank();
    }
}
