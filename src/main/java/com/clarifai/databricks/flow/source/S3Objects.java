package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.s3.ResumedObject;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects that are read for longer than a connection may live. The routes call it by name. */
public final class S3Objects {

    private static final String CLIENT = "s3";

    private Duration pause = Duration.ofMillis(500);

    /** Before the first attempt to read on; doubled for each further one in a row, of which there are five. */
    public void setPause(Duration pause) {
        this.pause = pause;
    }

    /**
     * The object that {@code aws2-s3:} has opened, with a connection that may break.
     *
     * @param etag says which version it is; without one the connection must hold
     */
    public InputStream resumed(
            CamelContext context,
            @Body InputStream object,
            @Header(AWS2S3Constants.BUCKET_NAME) String bucket,
            @Header(AWS2S3Constants.KEY) String key,
            @Header(AWS2S3Constants.E_TAG) String etag,
            @Header(AWS2S3Constants.CONTENT_LENGTH) Long length) {
        // looked up now: Camel may make the beans of a route file twice, and closes the first ones
        S3Client s3 = context.getRegistry().lookupByNameAndType(CLIENT, S3Client.class);
        return new ResumedObject(s3, bucket, key, object, etag, length == null ? -1 : length, pause);
    }
}
