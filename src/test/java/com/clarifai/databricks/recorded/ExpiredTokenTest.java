package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A personal access token of the workspace that is no longer valid when a run has begun. */
class ExpiredTokenTest {

    private static final String COMPUTE = "/api/2.0/sql/warehouses/" + RecordedFlow.WAREHOUSE;

    private final RecordedFlow flow = new RecordedFlow();

    @AfterEach
    void stop() {
        flow.close();
    }

    private static Answer warehouse(String state) {
        return json("{\"id\":\"w\",\"name\":\"W\",\"state\":\"" + state + "\"}");
    }

    private Ended importVolume() {
        return flow.run(
                "import",
                "volume",
                "--catalog=main",
                "--schema=default",
                "--volume=photos",
                "--table=main.default.inputs",
                "--app=app",
                "--dataset=pictures");
    }

    @Test
    void aTokenThatExpiresInTheMiddleEndsTheRunWhichThenCanBeRepeated() {
        flow.sql().row(List.of("AS pending", "AS existing"), Map.of("pending", 0, "existing", 0, "rejected", 0));
        flow.workspace()
                .on(
                        "GET " + COMPUTE,
                        warehouse("STOPPED"),
                        error(401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type"))
                .on("POST " + COMPUTE + "/start", json("{}"));

        Ended expired = importVolume();
        flow.workspace().on("GET " + COMPUTE, warehouse("RUNNING"));
        Ended repeated = importVolume();

        assertThat(expired.exitCode()).isEqualTo(1);
        assertThat(expired.error())
                .contains("error: get warehouse", "has expired or been revoked", "databricks.token", "run it again");
        assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    }
}
