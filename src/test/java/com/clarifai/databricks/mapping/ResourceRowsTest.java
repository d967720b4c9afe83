package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.User;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;

class ResourceRowsTest {

    private static final Timestamp CREATED =
            Timestamp.newBuilder().setSeconds(1_700_000_000).build();
    private static final Timestamp MODIFIED =
            Timestamp.newBuilder().setSeconds(1_700_000_060).build();

    @Test
    void appsAndDatasetsHaveTheirTimes() {
        assertThat(ResourceRows.app(App.newBuilder()
                        .setId("a")
                        .setCreatedAt(CREATED)
                        .setModifiedAt(MODIFIED)
                        .build()))
                .containsEntry("app_id", "a")
                .containsEntry("created_at", ClarifaiTime.of(CREATED))
                .containsEntry("modified_at", ClarifaiTime.of(MODIFIED));
        assertThat(ResourceRows.dataset(Dataset.newBuilder()
                        .setId("d")
                        .setAppId("a")
                        .setCreatedAt(CREATED)
                        .setModifiedAt(MODIFIED)
                        .build()))
                .containsEntry("dataset_id", "d")
                .containsEntry("app_id", "a")
                .containsEntry("created_at", ClarifaiTime.of(CREATED))
                .containsEntry("modified_at", ClarifaiTime.of(MODIFIED));
    }

    @Test
    void timesThatAreNotToldAreNotThoseOf1970() {
        assertThat(ResourceRows.app(App.getDefaultInstance()))
                .containsEntry("created_at", null)
                .containsEntry("modified_at", null);
        assertThat(ResourceRows.dataset(Dataset.getDefaultInstance()))
                .containsEntry("created_at", null)
                .containsEntry("modified_at", null);
    }

    @Test
    void aUserIsNamedByWhatIsKnown() {
        assertThat(ResourceRows.user(
                        User.newBuilder().setId("u").setFirstName("Ada").build()))
                .containsEntry("user_id", "u")
                .containsEntry("name", "Ada");
    }
}
