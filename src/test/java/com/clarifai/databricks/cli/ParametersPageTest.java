package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.ArgSpec;

/** docs/parameters.md is what the commands declare. Where it is not, target/parameters.md is what it has to be. */
class ParametersPageTest {

    private static final String INTRODUCTION = """
            # The parameters of the flows

            As options of a command they have two hyphens in front; as settings of a schedule, `schedule.<name>.` in front. What has no default and is not required is left out.
            """;

    private final FlowCatalog flows = new FlowCatalog();

    @Test
    void thePageIsWhatTheCommandsDeclare() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        flows.commands().forEach(command -> add(page, command));
        Files.writeString(Path.of("target/parameters.md"), page);

        assertThat(Path.of("docs/parameters.md")).hasContent(page.toString());
    }

    private static void add(StringBuilder page, String command) {
        FlowCommand flow = (FlowCommand) FlowCatalog.spec(command).userObject();
        page.append("\n## `").append(flow.flow()).append("`\n\nThe command `").append(command);
        page.append("`.\n\n| parameter | default | what |\n| --- | --- | --- |\n");
        for (ArgSpec arg : FlowOptions.of(FlowCatalog.spec(command))) {
            page.append("| `")
                    .append(String.join("`, `", FlowOptions.names(arg)))
                    .append("` | ");
            page.append(arg.required() ? "required" : preset(arg)).append(" | ");
            page.append(String.join(" ", arg.renderedDescription()).replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    private static String preset(ArgSpec arg) {
        String preset = FlowOptions.preset(arg);
        return preset == null || preset.isEmpty() ? "" : "`" + preset + "`";
    }
}
