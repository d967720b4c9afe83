package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.clarifai.databricks.s3.S3Settings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket in eu-central-1, asked for with the setting of another region. */
class CsvFilesRegionTest {

    private static final String LIST = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult><Name>bucket</Name><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>
            <Contents><Key>folder/a.csv</Key><Size>3</Size></Contents></ListBucketResult>""";
    private static final String MALFORMED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region \
            'us-east-1' is wrong; expecting 'eu-central-1'</Message><Region>eu-central-1</Region></Error>""";

    private HttpServer store;
    private boolean namesTheRegion;

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", this::answer);
        store.start();
    }

    @AfterEach
    void stop() {
        store.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            boolean right =
                    exchange.getRequestHeaders().getFirst("Authorization").contains("/eu-central-1/s3/aws4_request");
            if (namesTheRegion) {
                exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-central-1");
            }
            boolean bucket = exchange.getRequestURI().getPath().matches("/bucket/?");
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            byte[] body = (head ? "" : right ? LIST : MALFORMED).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(right ? 200 : head && bucket ? 301 : 400, head ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Iterator<CsvFile> find(String region, String source) {
        DefaultCamelContext context = new DefaultCamelContext();
        S3Settings settings = new S3Settings();
        settings.setEndpoint("http://127.0.0.1:" + store.getAddress().getPort());
        settings.setRegion(region);
        settings.setAccessKey("key");
        settings.setSecretKey("secret");
        settings.setPathStyle(true);
        context.getRegistry().bind("s3", settings.client());
        return new CsvFiles().onS3(context, Run.open("import-csv"), source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "ap-south-1", "eu-central-1", ""})
    void theBucketIsFollowedToItsRegionWhateverTheSetting(String region) {
        namesTheRegion = true;

        assertThat(find(region, "s3://bucket/folder/").next().uri()).isEqualTo("s3://bucket/folder/a.csv");
        assertThat(find(region, "s3://bucket/folder/a.csv").next().uri()).isEqualTo("s3://bucket/folder/a.csv");
    }

    @Test
    void aStoreThatDoesNotSayWhereTheBucketIsLeadsToTheSetting() {
        namesTheRegion = false;

        assertThatThrownBy(() -> find("us-east-1", "s3://bucket/folder/"))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageContaining("s3://bucket/folder/")
                .hasMessageContaining("expecting 'eu-central-1'")
                .hasMessageContaining("set s3.region");
    }
}
