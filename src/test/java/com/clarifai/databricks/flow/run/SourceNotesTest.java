package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of many files stays short. */
class SourceNotesTest {

    private final SourceNotes notes = new SourceNotes();

    @Test
    void nothingIsSaidWhereThereIsNothingToSay() {
        assertThat(notes.lines()).isEmpty();
        assertThat(notes.incomplete()).isNull();
        assertThat(notes.readAs()).isEmpty();
    }

    @Test
    void oneFileIsReadInOneWayAndSeveralAreCounted() {
        notes.readAs("UTF-8, comma");
        assertThat(notes.lines()).containsExactly("read as: UTF-8, comma");
        notes.readAs("UTF-8, comma");
        assertThat(notes.lines()).containsExactly("read as: UTF-8, comma (2 files)");
        notes.readAs("UTF-8, tab");
        assertThat(notes.lines()).containsExactly("read as: UTF-8, comma (2 files)", "read as: UTF-8, tab (1 files)");
        assertThat(notes.readAs()).isEqualTo(Map.of("UTF-8, comma", 2L, "UTF-8, tab", 1L));
    }

    @Test
    void fiveFilesOfAKindAreNamedAndTheOthersCounted() {
        for (int i = 1; i <= 5; i++) {
            notes.leftOut("no CSV file", "file" + i);
        }
        assertThat(notes.lines()).containsExactly("left out 5, no CSV file: file1, file2, file3, file4, file5");
        notes.leftOut("no CSV file", "file6");
        notes.leftOut("empty", "a\nb");

        assertThat(notes.lines())
                .containsExactly(
                        "left out 6, no CSV file: file1, file2, file3, file4, file5 and 1 more",
                        "left out 1, empty: a?b");
    }

    @Test
    void ofManyKindsOfWarningsTwentyAreKeptAndThoseAreCountedOn() {
        for (int i = 0; i < 25; i++) {
            notes.warn("kind " + i, "file");
            notes.readAs("way " + i);
        }
        notes.warn("kind 0", "other");
        notes.readAs("way 0");

        assertThat(notes.lines())
                .hasSize(40)
                .contains("warning: kind 0: file, other", "warning: kind 19: file", "read as: way 0 (2 files)")
                .doesNotContain("warning: kind 20: file", "read as: way 20 (1 files)");
    }

    @Test
    void theTransferIsSaidFirstAndOnlyWhereItIsAskedFor() {
        notes.transferBy("the Files API");
        notes.warn("odd", "file");

        assertThat(notes.lines()).containsExactly("transfer: the Files API", "warning: odd: file");
        assertThat(notes.lines(false)).containsExactly("warning: odd: file");
    }

    @Test
    void theFirstFileThatIsIncompleteIsTold() {
        notes.incomplete("a is cut");
        notes.incomplete("b is cut");

        assertThat(notes.incomplete()).isEqualTo("a is cut");
    }
}
