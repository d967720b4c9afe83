package com.clarifai.databricks.console;

import java.util.Map;

/** The connection that the flows use, and how it is changed: in memory, until the service ends. */
public interface Connection {

    /** How it is now; of secrets only whether they are set. See the API document for the fields. */
    Map<String, Object> current();

    /**
     * Checks another connection with the services.
     *
     * @param fields by name; secrets that are not given stay as they are, as long as the host does
     * @return what was checked, with the {@code generation} that {@link #current} will have; {@link #restart} makes it so
     * @throws ApiException 400 naming the fields that are wrong, 422 with the checks when one has failed
     */
    Map<String, Object> change(Map<String, Object> fields);

    /** The same for the connection of the user's own configuration. */
    Map<String, Object> reset();

    /**
     * Tries keys of S3 by a listing, and takes them.
     *
     * @param fields {@code accessKey}, {@code secretKey}, and perhaps {@code sessionToken}, {@code region}, {@code endpoint} and
     *     {@code place}, the bucket or folder to list
     * @return the {@code generation} that {@link #current} will have, and what was {@code found}; {@link #restart} makes it so
     * @throws ApiException 400 naming the fields that are missing, 422 those that S3 objects to
     */
    Map<String, Object> changeS3(Map<String, Object> fields);

    /** Back to the keys that are configured. */
    Map<String, Object> resetS3();

    /** Has the application start anew with the connection that was changed to, or what it had. Returns at once. */
    void restart();

    /**
     * The warehouses and clusters that somebody with these fields may choose from.
     *
     * @throws ApiException as {@link #change}
     */
    Map<String, Object> compute(Map<String, Object> fields);

    /**
     * Begins to wait for a browser on this machine that signs in to a workspace.
     *
     * @param fields {@code host}
     * @return the {@code url} that the browser is to open
     * @throws ApiException as {@link #change}
     */
    Map<String, Object> beginSignIn(Map<String, Object> fields);

    /**
     * How far the sign-in is that was begun last: {@code state}, which is {@code waiting} or {@code signed-in}.
     *
     * @throws ApiException 404 when none was begun, 422 with {@code fields} when it has failed
     */
    Map<String, Object> signIn();
}
