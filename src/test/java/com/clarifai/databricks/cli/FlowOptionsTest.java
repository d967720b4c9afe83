package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.console.PageWords;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.model.ParameterName;
import org.junit.jupiter.api.Test;

class FlowOptionsTest {

    private static final String MESSAGE = ParameterName.named("deletes", Deletes.mark) + " needs a column: add it with "
            + ParameterName.named("add-columns");

    @Test
    void messageNamesParametersAsEachFrontEndDoes() {
        assertThat(MESSAGE).isEqualTo("parameter 'deletes=mark' needs a column: add it with parameter 'add-columns'");
        assertThat(FlowOptions.onCommandLine(MESSAGE))
                .isEqualTo("--deletes=mark needs a column: add it with --add-columns");
        assertThat(PageWords.of(MESSAGE)).isEqualTo("'Deletes' (mark) needs a column: add it with 'Add columns'");
    }

    @Test
    void optionsInMessagesOfTheParserAreParametersElsewhere() {
        assertThat(FlowOptions.asParameters("--deletes=mark needs a column: add it with --add-columns"))
                .isEqualTo(MESSAGE);
        assertThat(FlowOptions.asParameters("Invalid value for option '--if-exists': no"))
                .isEqualTo("Invalid value for parameter 'if-exists': no");
        assertThat(FlowOptions.asParameters("a--b -- c")).isEqualTo("a--b -- c");
    }
}
