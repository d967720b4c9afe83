package com.clarifai.databricks.it;

/** What stands in for Databricks, S3 and Clarifai. */
public interface Services {

    Sandbox sandbox();

    /** Nobody is answered for some seconds. */
    void restart();

    /** Those that all tests of this JVM share, which cannot be restarted. */
    static Services shared() {
        return new Services() {
            @Override
            public Sandbox sandbox() {
                return Sandbox.shared();
            }

            @Override
            public void restart() {
                throw new UnsupportedOperationException("other tests use them as well");
            }
        };
    }
}
