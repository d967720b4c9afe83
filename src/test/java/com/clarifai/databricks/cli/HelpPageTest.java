package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The help of every command, 80 columns wide. */
class HelpPageTest {

    static Stream<CommandLine> commands() {
        return all(CommandLineRunner.commandLine()).stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden());
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> commands = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(sub -> commands.addAll(all(sub)));
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noLineIsLongerAndNoWordIsBroken(CommandLine command) {
        String help = help(command);

        assertThat(help.lines()).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80)
                // what a name of a setting, a file or an option would look like that is continued on the next line
                .doesNotMatch(".*\\w[-]$|.*(?<!\\.)\\b(databricks|clarifai|application|config|csv)\\.$"));
        assertThat(help).doesNotContainPattern("[\\uE000-\\uE001]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatAllCommandsHaveStandsUnderHeadingsOfItsOwnAndNotInTheSynopsis(CommandLine command) {
        String help = help(command);

        if (help.contains("--json")) {
            assertThat(help.substring(0, help.indexOf("\n\n"))).doesNotContain("--json", "--host", "--pat=");
            assertThat(help.indexOf("--config=FILE")).isGreaterThan(help.indexOf("Connection, "));
            assertThat(help.indexOf("--json")).isGreaterThan(help.indexOf("Output:"));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anExampleCanBePasted(CommandLine command) {
        List<String> lines = help(command).lines().toList();

        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  databricks-connect") && i + 1 < lines.size()) {
                boolean goesOn = lines.get(i + 1).startsWith("      ");
                assertThat(lines.get(i).endsWith(" \\")).as(lines.get(i)).isEqualTo(goesOn);
            }
        }
    }

    private static String help(CommandLine command) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);
        return command.getUsageMessage(Ansi.OFF);
    }
}
