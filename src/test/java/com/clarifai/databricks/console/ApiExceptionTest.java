package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiExceptionTest {

    @Test
    void whatSeveralFieldsLackIsSaidOnceAndEachFieldIsNamed() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("catalog", "this is required");
        fields.put("limit", "not a number");
        fields.put("table", "this is required");

        Map<String, Object> body = ApiException.invalidFields(fields).body();

        assertThat(body.get("message")).isEqualTo("this is required; not a number");
        assertThat(body.get("fields")).isEqualTo(fields);
    }
}
