package com.clarifai.databricks.proxy;

/**
 * Java's own HTTP client keeps user and password back from a proxy when it asks for a tunnel, as it does for https (since
 * <a href="https://www.oracle.com/java/technologies/javase/8u111-relnotes.html">Java 8u111</a>), unless a property
 * says otherwise before the client is used for the first time in the process. Who gives this program a password for a proxy
 * wants it sent.
 */
public final class JavaTunnels {

    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
    private static final String NONE = "";

    /** What whoever starts Java can say, so that nothing has come before. */
    static final String OPTION = "-D" + DISABLED_SCHEMES + "=";

    private static boolean late;

    private JavaTunnels() {}

    /** For the first lines of a program; what somebody has set already counts. */
    public static void takePasswords() {
        if (System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, NONE);
        }
    }

    /** The same where it may be too late, as part of another program that has used the client already. */
    static synchronized void takePasswordsFromNowOn() {
        if (System.getProperty(DISABLED_SCHEMES) == null) {
            takePasswords();
            late = true;
        }
    }

    /** Whether Java may keep passwords back all the same. */
    static synchronized boolean mayKeepPasswords() {
        return late || !System.getProperty(DISABLED_SCHEMES, NONE).isBlank();
    }
}
