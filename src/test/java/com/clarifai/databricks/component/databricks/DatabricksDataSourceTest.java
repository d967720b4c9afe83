package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class DatabricksDataSourceTest extends DatabricksTestSupport {

    @Test
    void aPoolThatIsMadeByCamelConnectsToTheWorkspaceOfTheComponent() throws Exception {
        workspace
                .on("GET /api/2.0/sql/warehouses", json("{\"warehouses\":[{\"id\":\"w\",\"name\":\"My W\"}]}"))
                .on("POST /api/2.0/sql/warehouses/w/sessions", json("{\"session_id\":\"s\"}"))
                .on("DELETE /api/2.0/sql/sessions/s", json("{}"));
        try (DatabricksDataSource pool = context.getInjector().newInstance(DatabricksDataSource.class)) {
            pool.setWarehouseName("My W");
            pool.configure();

            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(pool.getJdbcUrl()).contains("/warehouses/w");
        }
        // the component's client goes on
        assertThat(send("databricks:listWarehouses", null).getException()).isNull();
    }
}
