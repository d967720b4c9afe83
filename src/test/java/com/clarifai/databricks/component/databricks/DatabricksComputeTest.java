package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class DatabricksComputeTest extends DatabricksTestSupport {

    private static final String WAREHOUSE = "GET /api/2.0/sql/warehouses/w";

    @Test
    void ensureComputeStartsWhatHasStoppedAndLeavesTheBodyAlone() {
        workspace
                .on(WAREHOUSE, json("{\"state\":\"STOPPED\"}"), json("{\"state\":\"RUNNING\"}"))
                .on("POST /api/2.0/sql/warehouses/w/start", json("{}"));

        Exchange exchange = send("databricks:ensureCompute?warehouseId=w&clusterId=", "body");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
        assertThat(workspace.requests()).extracting(Request::method).containsExactly("GET", "POST", "GET");
    }

    @Test
    void aHeaderChoosesOtherCompute() {
        workspace.on("GET /api/2.1/clusters/get?cluster_id=c", error(403, "PERMISSION_DENIED", "no CAN_ATTACH_TO"));

        Exchange exchange = send("databricks:ensureCompute", null, Map.of(DatabricksConstants.CLUSTER_ID, "c"));

        assertThat(failure(exchange).kind()).isEqualTo(Kind.PERMISSION_DENIED);
    }

    @Test
    void theWaitEndsAfterStartTimeout() {
        workspace.on(WAREHOUSE, json("{\"state\":\"STARTING\"}"));

        Exchange exchange = send("databricks:ensureCompute?warehouseId=w&startTimeout=3m", null);

        assertThat(failure(exchange)).hasMessageContaining("still STARTING after 3 minutes");
    }
}
