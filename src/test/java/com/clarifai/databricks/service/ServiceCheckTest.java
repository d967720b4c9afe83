package com.clarifai.databricks.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceCheckTest {

    private final FakeClarifai clarifai = new FakeClarifai();
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        ClarifaiComponent component = context.getComponent("clarifai", ClarifaiComponent.class);
        component.setBaseUrl(clarifai.url());
        component.setPersonalAccessToken(FakeClarifai.PAT);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        clarifai.close();
    }

    private ServiceCheck check(Duration interval) {
        return new ServiceCheck(
                context,
                "clarifai",
                "clarifai:getUser",
                interval,
                failure -> ClarifaiException.isKind(failure, Kind.PERMISSION_DENIED));
    }

    @Test
    void isDownWithTheReasonAsLongAsTheServiceRefuses() {
        ServiceCheck check = check(Duration.ZERO);
        assertThat(check.call().getState()).isEqualTo(State.UP);
        clarifai.refuseNext("GetUser", FakeClarifai.status(StatusCode.CONN_KEY_NOT_FOUND, "API key not found"));

        HealthCheck.Result down = check.call();

        assertThat(down.getState()).isEqualTo(State.DOWN);
        assertThat(down.getMessage().orElseThrow())
                .contains("API key not found")
                .doesNotContain(FakeClarifai.PAT);
        assertThat(check.call().getState()).isEqualTo(State.UP);
    }

    @Test
    void isUpForATokenThatMayNotReadItsUser() {
        clarifai.refuseNext("GetUser", FakeClarifai.status(StatusCode.CONN_INSUFFICIENT_SCOPES, "no such scope"));

        assertThat(check(Duration.ZERO).call().getState()).isEqualTo(State.UP);
        assertThat(clarifai.count("GetUser")).isEqualTo(1);
    }

    @Test
    void asksOnceInAnIntervalHoweverOftenItIsAsked() {
        ServiceCheck check = check(Duration.ofHours(1));
        clarifai.refuseNext("GetUser", FakeClarifai.status(StatusCode.CONN_KEY_NOT_FOUND, "API key not found"));

        assertThat(check.call().getState()).isEqualTo(State.DOWN);
        assertThat(check.call().getState()).isEqualTo(State.DOWN);

        assertThat(clarifai.count("GetUser")).isEqualTo(1);
    }
}
