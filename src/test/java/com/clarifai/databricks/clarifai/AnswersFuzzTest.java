package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.V2Grpc;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Answers of Clarifai with anything in any field: each is understood, or is the failure of its call, and nothing else. */
class AnswersFuzzTest {

    private static final AppRef APP = new AppRef("me", "app");
    private static final int ITEMS = 50;
    private static final Backoff BRIEF = new Backoff(2, Duration.ofMillis(1), Duration.ofMillis(1));
    private static final Polling POLLING =
            new Polling(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(5));

    private static final AtomicReference<RandomMessages> ANSWERS = new AtomicReference<>();
    private static final Server SERVER = start();
    private static final ClarifaiClient CLIENT =
            new ClarifaiClient(ClarifaiSettings.of("http://localhost:" + SERVER.getPort(), "pat")
                    .withRequestsPerSecond(0)
                    .withRetries(new RetrySettings(BRIEF, BRIEF, BRIEF, BRIEF, BRIEF)));

    private record Call(String name, Consumer<ClarifaiClient> made) {
        @Override
        public String toString() {
            return name;
        }
    }

    @AfterContainer
    static void stop() {
        CLIENT.close();
        SERVER.shutdownNow();
    }

    @Property
    void aStrangeAnswerIsUnderstoodOrTheFailureOfItsCall(@ForAll("calls") Call call, @ForAll long seed) {
        ANSWERS.set(new RandomMessages(seed));
        try {
            call.made().accept(CLIENT);
        } catch (ClarifaiException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        } catch (RuntimeException e) {
            fail(call + " was broken by an answer", e);
        }
    }

    @Provide
    Arbitrary<Call> calls() {
        InputLookup lookup = new InputLookup(CLIENT, true, POLLING);
        return Arbitraries.of(
                new Call(
                        "apps",
                        client -> drain(ClarifaiClient.join(client.apps().list("me", 10)))),
                new Call(
                        "ensure app",
                        client -> ClarifaiClient.join(client.apps().ensure(APP))),
                new Call(
                        "datasets",
                        client -> drain(ClarifaiClient.join(client.datasets().list(APP, 10)))),
                new Call(
                        "ensure dataset",
                        client -> ClarifaiClient.join(client.datasets().ensure(APP, "pets"))),
                new Call(
                        "inputs",
                        client -> drain(ClarifaiClient.join(client.inputs().list(APP, 10)))),
                new Call("stream", client -> drain(ClarifaiClient.join(client.inputs().stream(APP, 10)))),
                new Call("lookup", client -> ClarifaiClient.join(lookup.lookup(APP, rows()))),
                new Call(
                        "upload",
                        client -> ClarifaiClient.join(
                                new InputUpload(client, lookup, 1_000_000, true).upload(APP, rows(), "job"))),
                new Call(
                        "await",
                        client -> ClarifaiClient.join(new InputProcessing(client, true, POLLING)
                                .await(APP, rows(), "job", WaitListener.NONE))),
                new Call("members", client -> ClarifaiClient.join(new DatasetMembership(client).add(APP, rows()))),
                new Call(
                        "delete",
                        client -> ClarifaiClient.join(new InputDeletion(client).delete(APP, List.of("a", "b")))),
                new Call(
                        "update",
                        client -> ClarifaiClient.join(
                                new InputUpdate(client, 1_000_000).update(APP, rows(), OnExisting.OVERWRITE))),
                new Call(
                        "annotations",
                        client -> drain(ClarifaiClient.join(
                                client.annotations().list(APP, List.of("a", "b").iterator(), since(), 10)))),
                new Call(
                        "post annotations",
                        client -> ClarifaiClient.join(client.annotations()
                                .post(
                                        APP,
                                        List.of(Annotation.newBuilder()
                                                .setId("a")
                                                .build())))),
                new Call("changed inputs", client -> ClarifaiClient.join(
                                client.searches().changedInputs(APP, "pets", Instant.EPOCH, 10))
                        .ifPresent(AnswersFuzzTest::drain)),
                new Call(
                        "changes",
                        client -> ClarifaiClient.join(client.searches().changes(APP, "pets", Instant.EPOCH, 10))),
                new Call(
                        "count", client -> ClarifaiClient.join(client.searches().count(APP, "pets"))));
    }

    private static AnnotationFilter since() {
        return new AnnotationFilter(
                Set.of(), Set.of(), Set.of(), true, true, false, Set.of("a"), Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = ClarifaiFixture.rows("a", "b");
        rows.forEach(row -> {
            row.put(InputColumns.DATASET_ID, "pets");
            row.put(InputColumns.STATUS, InputStatus.PENDING.name());
        });
        return rows;
    }

    private static void drain(Iterator<?> items) {
        for (int i = 0; i < ITEMS && items.hasNext(); i++) {
            items.next();
        }
    }

    private static Server start() {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(V2Grpc.getServiceDescriptor());
        V2Grpc.getServiceDescriptor().getMethods().forEach(method -> add(service, method));
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service.build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <Q, R> void add(ServerServiceDefinition.Builder service, MethodDescriptor<Q, R> method) {
        Message prototype = (Message) ((PrototypeMarshaller<R>) method.getResponseMarshaller()).getMessagePrototype();
        service.addMethod(
                method,
                method.getType().clientSendsOneMessage()
                        ? ServerCalls.<Q, R>asyncServerStreamingCall((request, answers) -> answer(prototype, answers))
                        : ServerCalls.<Q, R>asyncBidiStreamingCall(
                                answers -> ServerCalls.asyncUnimplementedStreamingCall(method, answers)));
    }

    @SuppressWarnings("unchecked")
    private static <R> void answer(Message prototype, StreamObserver<R> answers) {
        answers.onNext((R) ANSWERS.get().like(prototype));
        answers.onCompleted();
    }
}
