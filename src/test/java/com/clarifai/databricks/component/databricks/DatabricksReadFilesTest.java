package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.junit.jupiter.api.Test;

class DatabricksReadFilesTest extends DatabricksTestSupport {

    private static final byte[] IMAGE = {1, 2, 3, 4};

    @Test
    void readsTheFileOfEachRow() {
        workspace
                .on("GET " + FILES + "/a.jpg", bytes(IMAGE))
                .on("GET " + FILES + "/%23b%20%25.jpg", status(503), bytes(IMAGE));
        List<Map<String, Object>> rows = List.of(row("/a.jpg"), row("/#b %.jpg"));

        Exchange exchange = send("databricks:readFiles", rows);

        assertThat(exchange.getMessage().getBody()).isSameAs(rows);
        assertThat(rows).allSatisfy(row -> {
            assertThat(image(row)).isEqualTo(IMAGE);
            assertThat(row).doesNotContainKeys(InputColumns.STATUS, InputColumns.OUTCOME);
        });
    }

    @Test
    void leavesRowsAloneThatAreSettled() {
        Map<String, Object> settled = row("/a.jpg");
        settled.put(InputColumns.STATUS, InputStatus.PROCESSED.name());

        send("databricks:readFiles", List.of(settled));

        assertThat(settled).doesNotContainKey(InputColumns.IMAGE_BYTES);
        assertThat(workspace.requests()).isEmpty();
    }

    @Test
    void rejectsRowsWhoseFileCannotBeUsedAndReadsTheOthers() {
        workspace
                .on("GET " + FILES + "/gone.jpg", error(404, "NOT_FOUND", "no such file"))
                .on("GET " + FILES + "/grown.jpg", bytes(new byte[5]))
                .on("GET " + FILES + "/empty.jpg", status(200).with("Content-Length", "0"))
                .on("GET " + FILES + "/good.jpg", bytes(IMAGE));
        Map<String, Object> gone = row("/gone.jpg");
        Map<String, Object> grown = row("/grown.jpg");
        Map<String, Object> empty = row("/empty.jpg");
        Map<String, Object> outside = row("/../../../x.jpg");
        Map<String, Object> elsewhere = row("");
        elsewhere.put(InputColumns.SOURCE_URI, "s3://bucket/key.jpg");
        Map<String, Object> nowhere = new HashMap<>();
        Map<String, Object> good = row("/good.jpg");

        Exchange exchange = send(
                "databricks:readFiles?maxFileSize=4", List.of(gone, grown, empty, outside, elsewhere, nowhere, good));

        assertThat(exchange.getException()).isNull();
        assertRejected(gone, VOLUME + "/gone.jpg is gone");
        assertRejected(grown, VOLUME + "/grown.jpg has more than the 4 bytes allowed");
        assertRejected(empty, VOLUME + "/empty.jpg is empty");
        assertRejected(outside, "a volume path must not contain '..'");
        assertRejected(elsewhere, "'s3://bucket/key.jpg' is not a volume path");
        assertRejected(nowhere, "the row names no file");
        assertThat(image(good)).isEqualTo(IMAGE);
        assertThat(good).doesNotContainKey(InputColumns.STATUS);
    }

    @Test
    void failsTheBatchForWhatIsNotTheFilesFault() {
        workspace.on("GET " + FILES + "/a.jpg", error(401, "UNAUTHENTICATED", "the token has expired"));
        Map<String, Object> row = row("/a.jpg");

        Exchange exchange = send("databricks:readFiles", List.of(row));

        assertThat(failure(exchange).kind()).isEqualTo(DatabricksException.Kind.UNAUTHENTICATED);
        assertThat(row).doesNotContainKey(InputColumns.STATUS);
    }

    @Test
    void fileThatMayNotBeReadIsRejectedAndToBeTriedAgainWhileTheOthersGoOn() {
        workspace.on("GET " + FILES + "/secret.jpg", error(403, "PERMISSION_DENIED", "no READ VOLUME"));
        workspace.on("GET " + FILES + "/good.jpg", bytes(IMAGE));
        Map<String, Object> secret = row("/secret.jpg");
        Map<String, Object> broken = row("/new\nline.jpg");
        Map<String, Object> good = row("/good.jpg");

        Exchange exchange = send("databricks:readFiles", List.of(secret, broken, good));

        assertThat(exchange.getException()).isNull();
        assertThat(secret.get(InputColumns.STATUS_MESSAGE)).asString().contains("no READ VOLUME");
        assertThat(secret).containsEntry(InputColumns.UNREAD, true);
        assertRejected(broken, "'new?line.jpg' contains control characters");
        assertThat(image(good)).isEqualTo(IMAGE);
    }

    @Test
    void wantsRows() {
        assertThat(send("databricks:readFiles", null).getException()).isInstanceOf(InvalidPayloadException.class);
    }

    /** As a step of a route takes it. */
    private byte[] image(Map<String, Object> row) {
        return context.getTypeConverter().convertTo(byte[].class, row.get(InputColumns.IMAGE_BYTES));
    }

    private static Map<String, Object> row(String file) {
        return new HashMap<>(Map.of(InputColumns.SOURCE_URI, VOLUME + file));
    }

    private static void assertRejected(Map<String, Object> row, String reason) {
        assertThat(row)
                .containsEntry(InputColumns.STATUS, InputStatus.REJECTED.name())
                .containsEntry(InputColumns.OUTCOME, Outcome.REJECTED.name())
                .doesNotContainKey(InputColumns.IMAGE_BYTES);
        assertThat(row.get(InputColumns.STATUS_MESSAGE)).asString().startsWith(reason);
    }
}
