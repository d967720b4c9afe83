package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.FakeClarifai.Received;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
class ClarifaiClientTest extends ClarifaiFixture {

    @Test
    void tells_whose_token_it_is() {
        assertThat(ClarifaiClient.join(client.users().get("me")).getId()).isEqualTo("jane");
    }

    @Test
    void refuses_a_wrong_token_once_and_never_shows_it() {
        try (ClarifaiClient stranger = new ClarifaiClient(withPat("wrong-token"))) {
            ClarifaiException refused = catchThrowableOfType(
                    ClarifaiException.class,
                    () -> ClarifaiClient.join(stranger.users().get("me")));

            assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(refused.code()).isEqualTo(11009);
            assertThat(refused).hasMessage("GetUser failed: 11009 API key not found: Key *** (request req-1)");
            assertThat(refused.description()).doesNotContain("wrong-token");
            assertThat(refused.requestId()).contains("req-1");
            assertThat(clarifai.count("GetUser")).isOne();
            assertThat(stranger.settings().toString()).doesNotContain("wrong-token");
        }
    }

    @Test
    void tells_a_missing_app_from_other_failures() {
        assertThatThrownBy(() -> ClarifaiClient.join(client.apps().get(new AppRef("me", "nowhere"))))
                .isInstanceOfSatisfying(ClarifaiException.class, missing -> assertThat(missing.kind())
                        .isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void repeats_what_failed_for_a_moment() {
        clarifai.breakNext("GetApp", Status.UNAVAILABLE);
        clarifai.refuseNext("GetApp", FakeClarifai.status(StatusCode.DATABASE_DEADLOCK_DETECTED, "Deadlock"));

        assertThat(ClarifaiClient.join(client.apps().get(APP)).getId()).isEqualTo(FakeClarifai.APP);
        assertThat(clarifai.count("GetApp")).isEqualTo(3);
    }

    @Test
    void gives_up_after_the_attempts_that_the_settings_allow() {
        for (int i = 0; i < QUICK.attempts() + 1; i++) {
            clarifai.breakNext("GetApp", Status.UNAVAILABLE.withDescription("down"));
        }

        assertThatThrownBy(() -> ClarifaiClient.join(client.apps().get(APP)))
                .isInstanceOf(ClarifaiException.class)
                .hasMessage("GetApp failed: UNAVAILABLE: down");
        assertThat(clarifai.count("GetApp")).isEqualTo(QUICK.attempts());
    }

    @Test
    void repeats_what_timed_out_as_the_answer_may_have_been_lost() {
        clarifai.breakNext("GetApp", Status.DEADLINE_EXCEEDED);
        clarifai.breakNext("PostDatasets", Status.DEADLINE_EXCEEDED);

        ClarifaiClient.join(client.apps().get(APP));
        ClarifaiClient.join(client.datasets().create(APP, "pets"));

        assertThat(clarifai.count("GetApp")).isEqualTo(2);
        assertThat(clarifai.count("PostDatasets")).isEqualTo(2);
    }

    @Test
    void does_not_repeat_a_call_whose_answer_is_too_large() {
        ClarifaiSettings settings = settings();
        ClarifaiSettings narrow = new ClarifaiSettings(
                settings.baseUrl(),
                settings.pat(),
                settings.userId(),
                settings.caFile(),
                settings.proxy(),
                settings.requestsPerSecond(),
                settings.requestTimeout(),
                settings.idleTimeout(),
                10,
                settings.retries(),
                settings.turn());
        try (ClarifaiClient limited = new ClarifaiClient(narrow)) {
            assertThatThrownBy(() -> ClarifaiClient.join(limited.apps().get(limited.app(FakeClarifai.APP))))
                    .isInstanceOfSatisfying(ClarifaiException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(Kind.INVALID));
        }
        assertThat(clarifai.count("GetApp")).isOne();
    }

    @Execution(ExecutionMode.CONCURRENT) // it waits between its attempts
    @Test
    void fails_fast_when_nobody_listens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertUnreachable("http://localhost:" + free, "Connection refused");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void fails_fast_when_the_host_is_unknown() {
        assertUnreachable("http://clarifai.invalid:1234", "unknown host");
    }

    private void assertUnreachable(String url, String reason) {
        ClarifaiSettings settings = ClarifaiSettings.of(url, FakeClarifai.PAT);
        long start = System.nanoTime();
        try (ClarifaiClient lost = new ClarifaiClient(settings)) {
            assertThatThrownBy(() -> ClarifaiClient.join(lost.users().get("me")))
                    .isInstanceOf(ClarifaiException.class)
                    .hasMessageContainingAll("cannot reach Clarifai at " + url.substring(7), reason)
                    .satisfies(failure ->
                            assertThat(((ClarifaiException) failure).kind()).isEqualTo(Kind.UNREACHABLE));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void waits_for_more_than_a_minute_for_a_service_that_is_away() {
        Backoff passing = RetrySettings.defaults().passing();

        Duration waited = Stream.iterate(
                        passing.first(), wait -> Collections.min(List.of(wait.multipliedBy(2), passing.max())))
                .limit(passing.attempts() - 1L)
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(waited).isBetween(Duration.ofSeconds(61), Duration.ofMinutes(2));
    }

    @Test
    void pauses_all_calls_after_a_throttled_one() {
        Duration pause = Duration.ofMillis(400);
        RetrySettings retries =
                new RetrySettings(QUICK, QUICK, QUICK, new Backoff(5, pause, Duration.ofSeconds(2)), QUICK);
        try (ClarifaiClient paced = new ClarifaiClient(settings().withRetries(retries))) {
            clarifai.refuseNext("GetApp", FakeClarifai.status(StatusCode.CONN_THROTTLED, "exceeded limit"));
            CompletableFuture<App> throttled = paced.apps().get(APP);
            await().until(() -> clarifai.count("GetApp") == 1);
            ClarifaiClient.join(throttled);
            ClarifaiClient.join(paced.users().get("me"));
        }
        List<Received> received = clarifai.received();
        assertThat(received).extracting(Received::call).containsExactly("GetApp", "GetApp", "GetUser");
        assertThat(received.get(1).nanoTime() - received.get(0).nanoTime())
                .isGreaterThanOrEqualTo(pause.toNanos() * 9 / 10);
    }

    @Test
    void never_sends_more_than_the_limit_in_any_second() {
        int limit = 20;
        List<CompletableFuture<?>> calls = new ArrayList<>();
        try (ClarifaiClient paced = new ClarifaiClient(settings().withRequestsPerSecond(limit))) {
            for (int i = 0; i < 50; i++) {
                calls.add(i % 2 == 0 ? paced.users().get("me") : paced.apps().get(APP));
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        }
        List<Received> received = clarifai.received();
        assertThat(received).hasSize(50);
        // Requests leave evenly; the way to the server may bring two of them a little closer together
        long second = TimeUnit.MILLISECONDS.toNanos(900);
        for (int i = 0; i + limit < received.size(); i++) {
            assertThat(received.get(i + limit).nanoTime() - received.get(i).nanoTime())
                    .isGreaterThan(second);
        }
    }

    @Test
    void reads_a_list_page_by_page_and_only_as_far_as_asked() {
        Pages<App> apps = ClarifaiClient.join(client.apps().list("me", 2));
        assertThat(clarifai.requests(ListAppsRequest.class)).hasSize(1);

        assertThat(apps).toIterable().extracting(App::getId).containsExactly(FakeClarifai.APP, "other", "third");
        assertThat(clarifai.requests(ListAppsRequest.class))
                .extracting(request -> (request.getPage() - 1) * request.getPerPage())
                .as("each page begins before the end of the page before")
                .containsExactly(0, 0, 2);
    }

    @Test
    void lists_no_input_twice_when_others_add_inputs_meanwhile() {
        for (int i = 0; i < 5; i++) {
            clarifai.addInput("input-" + i, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        }
        Pages<Input> inputs = ClarifaiClient.join(client.inputs().list(APP, 2));
        clarifai.addInput("late", StatusCode.INPUT_DOWNLOAD_SUCCESS);

        assertThat(inputs)
                .toIterable()
                .extracting(Input::getId)
                .doesNotHaveDuplicates()
                .contains("input-4", "input-3", "input-2", "input-1", "input-0");
    }

    @Test
    void streams_inputs_in_the_order_of_their_ids() {
        for (String id : List.of("c", "a", "b", "e", "d")) {
            clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        }
        assertThat(ClarifaiClient.join(client.inputs().stream(APP, 2)))
                .toIterable()
                .extracting(Input::getId)
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void fails_what_is_under_way_when_it_is_closed() {
        ClarifaiClient paced = new ClarifaiClient(settings().withRequestsPerSecond(0.001));
        ClarifaiClient.join(paced.users().get("me"));
        CompletableFuture<?> waiting = paced.users().get("me");
        assertThat(waiting).isNotDone();

        paced.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(() -> ClarifaiClient.join(paced.users().get("me")))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("the client is closed");
    }

    @Test
    void wants_a_token_and_a_base_url_with_a_known_scheme() {
        assertThatThrownBy(() -> ClarifaiSettings.of(ClarifaiSettings.DEFAULT_BASE_URL, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("personal access token");
        assertThatThrownBy(() -> ClarifaiSettings.of("api.clarifai.com", FakeClarifai.PAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("api.clarifai.com");
    }

    private ClarifaiSettings withPat(String pat) {
        return ClarifaiSettings.of(clarifai.url(), pat).withRequestsPerSecond(0).withRetries(QUICK_RETRIES);
    }
}
