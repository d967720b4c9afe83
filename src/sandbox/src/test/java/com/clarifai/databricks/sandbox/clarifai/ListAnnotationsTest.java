package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Filling;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every selection and page size gives what filtering the whole list gives. */
class ListAnnotationsTest {

    @TempDir
    private static Path dataDir;

    private static ClarifaiServer server;
    private static ClarifaiClient client;
    private static List<Annotation> all;

    @BeforeAll
    static void fill() throws IOException {
        ClarifaiOptions options = ClarifaiOptions.defaults(dataDir).withRateLimit(0);
        server = ClarifaiServer.start(options, new Traffic());
        client = new ClarifaiClient(server, options.pat());
        server.datasets(URI.create("http://images.example")).fill(new Filling("demo", "data", 300, 700, 3, 0));
        all = pages(builder().setListAllAnnotations(true), 1000);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private record Selection(String name, ListAnnotationsRequest.Builder request, Predicate<Annotation> expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("deprecation")
    static Stream<Selection> selections() {
        Predicate<Annotation> byPeople = Annotation::getTrusted;
        List<String> inputs = Stream.iterate(0, i -> i + 2)
                .limit(128)
                .map(i -> String.format("sample-%07d", i))
                .toList();
        return Stream.of(
                new Selection("all", builder().setListAllAnnotations(true), annotation -> true),
                new Selection("those of people", builder(), byPeople),
                new Selection(
                        "by status",
                        builder().addStatuses(Statuses.of(24150)).addStatuses(Statuses.of(24157)),
                        byPeople.and(annotation -> Set.of(24150, 24157).contains(status(annotation)))),
                new Selection(
                        "by user", builder().addUserIds("anna").addUserIds("ben"), annotation -> Set.of("anna", "ben")
                                .contains(annotation.getUserId())),
                new Selection(
                        "by status and user",
                        builder().addStatuses(Statuses.of(24151)).addUserIds("sandbox"),
                        annotation -> annotation.getUserId().equals("sandbox") && status(annotation) == 24151),
                new Selection("by model version", builder().addModelVersionIds("m1"), annotation -> annotation
                        .getWorker()
                        .hasModel()),
                new Selection("by workflow version", builder().addWorkflowVersionIds("w1"), annotation -> annotation
                        .getWorker()
                        .hasWorkflow()),
                new Selection(
                        "by input and user",
                        builder().addAllInputIds(inputs).addUserIds("anna"),
                        annotation -> inputs.contains(annotation.getInputId())
                                && annotation.getUserId().equals("anna")),
                new Selection(
                        "all by input",
                        builder().addAllInputIds(inputs).setListAllAnnotations(true),
                        annotation -> inputs.contains(annotation.getInputId())));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void aSelectionGivesTheSameInPagesOfAnySize(Selection selection) {
        List<String> expected =
                all.stream().filter(selection.expected()).map(Annotation::getId).toList();

        assertThat(expected).isNotEmpty();
        for (int perPage : new int[] {7, 128, 1000}) {
            assertThat(pages(selection.request(), perPage))
                    .extracting(Annotation::getId)
                    .isEqualTo(expected);
        }
    }

    @Test
    void anAnnotationIsListedByItsNewStatusOnceThatHasChanged() {
        Annotation some = all.stream()
                .filter(annotation -> status(annotation) == 24151)
                .filter(annotation -> annotation.getWorker().hasUser())
                .findFirst()
                .orElseThrow();

        setStatus(some, StatusCode.ANNOTATION_REVIEW_DENIED);
        assertThat(idsOf(StatusCode.ANNOTATION_REVIEW_DENIED)).containsExactly(some.getId());
        assertThat(idsOf(StatusCode.ANNOTATION_PENDING)).isNotEmpty().doesNotContain(some.getId());

        setStatus(some, StatusCode.ANNOTATION_PENDING);
        assertThat(idsOf(StatusCode.ANNOTATION_REVIEW_DENIED)).isEmpty();
        assertThat(idsOf(StatusCode.ANNOTATION_PENDING)).contains(some.getId());
    }

    private static List<String> idsOf(StatusCode status) {
        return pages(builder().addStatuses(Statuses.of(status)), 10).stream()
                .map(Annotation::getId)
                .toList();
    }

    private static void setStatus(Annotation annotation, StatusCode status) {
        client.api()
                .patchAnnotations(PatchAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addAnnotations(Annotation.newBuilder()
                                .setId(annotation.getId())
                                .setInputId(annotation.getInputId())
                                .setStatus(Statuses.of(status)))
                        .build());
    }

    private static int status(Annotation annotation) {
        return annotation.getStatus().getCodeValue();
    }

    private static ListAnnotationsRequest.Builder builder() {
        return ListAnnotationsRequest.newBuilder();
    }

    private static List<Annotation> pages(ListAnnotationsRequest.Builder request, int perPage) {
        List<Annotation> annotations = new ArrayList<>();
        List<Annotation> page;
        int number = 1;
        do {
            page = client.api()
                    .listAnnotations(request.setUserAppId(DEMO)
                            .setPage(number++)
                            .setPerPage(perPage)
                            .build())
                    .getAnnotationsList();
            annotations.addAll(page);
        } while (page.size() == perPage);
        return annotations;
    }
}
